import Foundation
import Secrets
import Synchronization

@testable import carenotes

/// A spool in a folder of its own, gone with it.
final class ScratchSpool: Sendable {
    let folder: String
    let spool: AuditSpool
    private let told = Told()

    init() {
        folder = Self.makeFolder()
        spool = AuditSpool(folder: folder, replica: 1) { [told] in told.add($0) }
    }

    deinit {
        spool.close()
        Self.remove(folder)
    }

    /// What the log would hold.
    var troubles: [String] { told.all }

    static func makeFolder() -> String {
        let folder = NSTemporaryDirectory() + "carenotes-spool-" + UUID().uuidString
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        return folder
    }

    static func remove(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }

    /// The entries that its files hold, oldest first.
    static func entries(in folder: String) throws -> [String] {
        var entries: [String] = []
        let found = try ChainVerification(of: ChainFolder(folder, name: AuditSpool.name)) {
            entries.append(String(decoding: $0.entry, as: UTF8.self))
        }
        if let fault = found.fault { throw ServerFailure(what: "\(fault)") }
        return entries
    }

    var entries: [String] { get throws { try Self.entries(in: folder) } }

    private final class Told: Sendable {
        private let texts = Mutex<[String]>([])
        func add(_ text: String) { texts.withLock { $0.append(text) } }
        var all: [String] { texts.withLock { $0 } }
    }
}
