import Foundation
import Secrets

/// Chains and logs for tests.
enum ChainFixture {
    static func entry(_ number: Int) -> [UInt8] { Array(#"{"number":\#(number),"text":"a, \"hash\":\"b"}"#.utf8) }

    /// The lines of a new chain, each with its line feed.
    static func lines(_ count: Int, id: String = "test") throws -> [[UInt8]] {
        guard var chain = HashChain(new: id) else { throw CocoaError(.coderInvalidValue) }
        return (1...count).compactMap { chain.append(entry($0)) }
    }

    static func log(_ folder: TemporaryFolder, id: String = "test", waits: Bool = false) throws -> ChainLog {
        try ChainLog(ChainFolder(folder.path, name: "log"), newID: { id }, waits: waits)
    }

    static func verification(_ folder: TemporaryFolder, recorded: [HashChain] = []) throws -> ChainVerification {
        try ChainVerification(of: ChainFolder(folder.path, name: "log"), recorded: recorded)
    }
}
