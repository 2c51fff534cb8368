import Certs
import Testing

@testable import careinit

/// Debian's own program on folders of the test, and a database made by certutil(1).
@Suite struct TrustStoreTests {
    private let folder = TemporaryFolder()
    private static let hasUpdate = Subprocess.find("update-ca-certificates") != nil
    private static let hasCertutil = Subprocess.find("certutil") != nil

    private func store(databases: [BrowserDatabase] = []) throws -> TrustStore {
        for name in ["local", "certs", "shipped", "hooks"] {
            try FileSystem.makeFolder("\(folder.path)/\(name)", mode: 0o755)
        }
        try OutputFile.write([], to: "\(folder.path)/conf", mode: 0o644)
        return TrustStore(
            folder: "\(folder.path)/local",
            update: [
                "update-ca-certificates", "--localcertsdir", "\(folder.path)/local", "--etccertsdir",
                "\(folder.path)/certs", "--certsdir", "\(folder.path)/shipped", "--hooksdir",
                "\(folder.path)/hooks",
                "--certsconf", "\(folder.path)/conf",
            ], databases: databases)
    }

    private func entry() throws -> TrustStore.Entry {
        let authority = try CertificateAuthority.make(organization: "careinit", now: Clock.now())
        return TrustStore.Entry(certificatePEM: authority.pair.certificatePEM, fingerprint: authority.fingerprint)
    }

    private var bundle: [UInt8] { FileSystem.read("\(folder.path)/certs/ca-certificates.crt") ?? [] }

    @Test(.enabled(if: hasUpdate, "ca-certificates is not installed"))
    func `an authority comes into the bundle and goes, however often it is said`() throws {
        let (store, entry, other) = (try store(), try entry(), try entry())
        // Somebody else's, which stays: Debian's program leaves its bundle alone where nothing is left to put in.
        try OutputFile.write(other.certificatePEM, to: "\(store.folder)/other.crt", mode: 0o644)
        for _ in 0..<2 {
            _ = try store.add(entry)
            #expect(bundle.contains(entry.certificatePEM) && bundle.contains(other.certificatePEM))
        }
        for _ in 0..<2 {
            _ = try store.remove(entry)
            #expect(!bundle.contains(entry.certificatePEM) && bundle.contains(other.certificatePEM))
        }
        #expect(FileSystem.names(in: "\(folder.path)/certs").filter { $0.hasPrefix("careinit") }.isEmpty)
    }

    @Test(.enabled(if: hasUpdate && hasCertutil, "ca-certificates or libnss3-tools is not installed"))
    func `a browser's database learns and forgets it`() throws {
        let path = "\(folder.path)/nss"
        try FileSystem.makeFolder(path, mode: 0o700)
        let made = try Subprocess(arguments: ["certutil", "-N", "--empty-password", "-d", "sql:\(path)"]).run()
        #expect(made.succeeded)
        let (store, entry) = (try store(databases: [BrowserDatabase(path: path, owner: nil)]), try entry())
        func isThere() throws -> Bool {
            try Subprocess(arguments: ["certutil", "-L", "-n", entry.name, "-d", "sql:\(path)"]).run().succeeded
        }
        #expect(try store.add(entry).contains("\(path): added"))
        #expect(try store.add(entry).contains("\(path): had it already"))
        #expect(try isThere())
        #expect(try store.remove(entry).contains("\(path): removed"))
        #expect(try store.remove(entry).contains("\(path): did not have it"))
        #expect(try !isThere())
    }

    @Test func `both places of Chromium and the profiles of Firefox are found, where they hold a database`() throws
    {
        let home = "\(folder.path)/home"
        let databases = [".pki/nssdb", ".local/share/pki/nssdb", ".mozilla/firefox/a.default"].map {
            "\(home)/\($0)"
        }
        for path in databases + ["\(home)/.mozilla/firefox/empty"] { try FileSystem.makeFolder(path, mode: 0o700) }
        #expect(BrowserDatabase.folders(in: home) == [])
        for path in databases { try OutputFile.write([], to: "\(path)/cert9.db", mode: 0o600) }
        #expect(BrowserDatabase.folders(in: home) == databases)
    }

    @Test func `a machine without such a folder is told of`() throws {
        var store = TrustStore(databases: [])
        store.folder = "\(folder.path)/none"
        #expect(throws: CommandFailure.self) { try store.add(entry()) }
    }
}
