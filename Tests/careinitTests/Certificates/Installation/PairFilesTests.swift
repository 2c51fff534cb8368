import Certs
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct PairFilesTests {
    private let folder = TemporaryFolder()
    private var files: PairFiles {
        PairFiles(certificatePath: "\(folder.path)/tls/a.pem", keyPath: "\(folder.path)/tls/a-key.pem")
    }

    private func make() throws -> CertificatePair {
        try SelfSigned.make(names: ["care.example"], organization: "x", now: Clock.now(), days: 90)
    }

    private func put(_ bytes: [UInt8], _ name: String) throws {
        try OutputFile.write(bytes, to: "\(folder.path)/tls/\(name)")
    }

    @Test func `a pair is written and replaced, its key for its owner alone`() throws {
        let (first, second) = (try make(), try make())
        try files.write(first)
        #expect(files.pair == first)
        #expect((FileSystem.status(files.keyPath)?.st_mode ?? 0) & 0o777 == 0o600)
        #expect(chmod(files.keyPath, 0o640) == 0)
        try files.write(second)
        #expect(files.pair == second)
        // Whoever gave the key to a group shall find it so.
        #expect((FileSystem.status(files.keyPath)?.st_mode ?? 0) & 0o777 == 0o640)
        #expect(FileSystem.names(in: "\(folder.path)/tls") == ["a-key.pem", "a.pem"])
    }

    /// Every state that a killed run leaves behind: what is staged, which key is in place, and what comes of it.
    @Test(arguments: [
        ("nothing was staged", false, false, false, false),
        ("the certificate was staged", true, false, false, false),
        ("both were staged", true, true, false, false),
        ("the key had moved", true, false, true, true),
    ])
    func `what a killed run left is finished or forgotten`(
        _: String, hasCertificate: Bool, hasKey: Bool, isKeyMoved: Bool, isNew: Bool
    ) throws {
        let (old, new) = (try make(), try make())
        try files.write(old)
        if hasCertificate { try put(new.certificatePEM, "a.pem.next") }
        if hasKey { try put(new.keyPEM, "a-key.pem.next") }
        if isKeyMoved { try put(new.keyPEM, "a-key.pem") }
        try files.recover()
        #expect(files.pair == (isNew ? new : old))
        #expect(FileSystem.names(in: "\(folder.path)/tls") == ["a-key.pem", "a.pem"])
    }

    @Test func `a torn file beside the pair is not taken for one that only has to be moved`() throws {
        let (old, new) = (try make(), try make())
        try files.write(old)
        try put(Array(new.certificatePEM.prefix(200)), "a.pem.next")
        try files.recover()
        #expect(files.pair == old)
    }

    @Test func `a symbolic link is refused, and its target left alone`() throws {
        let (old, new) = (try make(), try make())
        try files.write(old)
        #expect(rename(files.keyPath, "\(folder.path)/elsewhere.pem") == 0)
        #expect(symlink("\(folder.path)/elsewhere.pem", files.keyPath) == 0)
        let failure = #expect(throws: CommandFailure.self) { try files.write(new) }
        #expect(failure?.exitCode == .cannotCreate)
        try files.recover()
        #expect(files.pair == old)
    }
}
