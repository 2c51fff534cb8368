import Certs
import Foundation
import Secrets

/// A folder with the files of one test, and `openssl` run in it.
final class Workbench {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "careinit-certs-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], _ name: String) throws { try AtomicFile.write(bytes, to: "\(path)/\(name)") }

    func read(_ name: String) throws -> [UInt8] { try AtomicFile.read("\(path)/\(name)", limit: 1 << 20) }

    /// Runs `openssl` with these words; both of its outputs, and its exit status.
    @discardableResult
    func openssl(_ arguments: String...) throws -> (output: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: path)
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: output, as: UTF8.self), process.terminationStatus)
    }
}

let testNow: Int64 = 1_800_000_000
let day: Int64 = 86_400

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

extension CertificateReport {
    var codes: [CertificateProblem.Code] { problems.map(\.code) }
}
