import Certs
import Secrets
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

/// Without a running stack: what lies in the files.
@Suite("nginx' key goes to another one and back, by files")
struct ServerKeyMechanismTests {
    private let folder = TemporaryFolder()
    private var project: Project {
        Project(environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit")
    }
    private var files: PairFiles {
        PairFiles(
            certificatePath: "\(folder.path)/certs/fullchain.pem", keyPath: "\(folder.path)/certs/privkey.pem")
    }
    private var stashed: [String] {
        FileSystem.names(in: "\(folder.path)/.careinit/secrets").filter { $0.hasPrefix("tls-") }
    }

    private func make() throws -> CertificatePair {
        try SelfSigned.make(names: ["care.example"], organization: "x", now: Clock.now(), days: 90)
    }

    init() throws {
        let settings = """
            APP_URL=https://care.example
            TLS_MODE=self-signed
            TLS_CERT_PATH=certs/fullchain.pem
            TLS_KEY_PATH=certs/privkey.pem
            """
        try OutputFile.write(Array(settings.utf8), to: "\(folder.path)/.env")
        try SecretsFolder.make(project)
        try files.write(try make())
    }

    private func mechanism(reversed: Bool = false) throws -> ServerKeyMechanism {
        var item = RotationItem(name: RotatableSecret.serverKey, isStaged: true)
        if reversed { item = item.reversed }
        let values = RotationStore.Values(old: "a1", new: "b2")
        return try ServerKeyMechanism(
            project, item, target: values.target(of: item), other: values.other(of: item))
    }

    private func settle(_ mechanism: ServerKeyMechanism) throws {
        try mechanism.settle(timeout: .seconds(1), now: 7)
    }

    @Test("staged, both lie beside the journal for their owner alone, and the files are as they were")
    func stage() throws {
        let (old, mechanism) = (files.pair, try mechanism())
        #expect(try !mechanism.isStaged())
        try mechanism.stage()
        #expect(try mechanism.isStaged() && !mechanism.isSettled())
        #expect(files.pair == old)
        let stash = ServerKeyChange.stash(project)
        #expect(stash.read("a1") == old && stash.read("b2")?.keyPEM != old?.keyPEM)
        #expect(stashed == ["tls-a1.pem", "tls-b2.pem"])
        #expect(stashed.allSatisfy { FileSystem.status(stash.folder + "/" + $0)?.st_mode == 0o100600 })
        let new = stash.read("b2")
        try mechanism.stage()
        #expect(stash.read("b2") == new)
        try mechanism.prove()
    }

    @Test("settled, the files are the new pair; the way back brings the old one; scrubbed, nothing is left")
    func settleAndReverse() throws {
        let (old, mechanism) = (files.pair, try mechanism())
        try mechanism.stage()
        for _ in 1...2 {
            try settle(mechanism)
            #expect(try mechanism.isSettled() && mechanism.users() == nil)
            #expect(files.pair == ServerKeyChange.stash(project).read("b2"))
        }
        #expect(SecretAges(project: project).load() == ["TLS_KEY": 7])
        let back = try self.mechanism(reversed: true)
        #expect(try back.isStaged() && !back.isSettled())
        try settle(back)
        #expect(files.pair == old)
        try RotationLeftovers(project: project).remove(keeping: ["TLS_KEY"])
        #expect(stashed.count == 2)
        try RotationLeftovers(project: project).remove(keeping: [])
        #expect(stashed.isEmpty)
    }

    @Test("a run that was ended before it had made anything can be taken back")
    func reversedFirst() throws {
        let (old, back) = (files.pair, try mechanism(reversed: true))
        #expect(try !back.isStaged())
        try back.stage()
        #expect(try back.isStaged() && back.isSettled())
        try settle(back)
        #expect(files.pair == old && stashed == ["tls-a1.pem"])
    }

    @Test("a pair that somebody else has put there meanwhile stays")
    func conflict() throws {
        let mechanism = try mechanism()
        try mechanism.stage()
        let theirs = try make()
        try files.write(theirs)
        for mechanism in [mechanism, try self.mechanism(reversed: true)] {
            #expect { try settle(mechanism) } throws: { ($0 as? CommandFailure)?.exitCode == .invalidData }
        }
        #expect(files.pair == theirs)
    }

    @Test("a symbolic link is refused before anything is made")
    func link() throws {
        #expect(rename(files.keyPath, "\(folder.path)/key.pem") == 0)
        #expect(symlink("\(folder.path)/key.pem", files.keyPath) == 0)
        #expect { try ServerKeyChange(project: project).renewal() } throws: {
            ($0 as? CommandFailure)?.exitCode == .cannotCreate
        }
    }

    @Test("at rest another pair takes its place at once")
    func atRest() throws {
        let old = files.pair
        try ServerKeyChange(project: project).replace(timeout: .seconds(1), now: 7)
        #expect(files.pair != nil && files.pair != old && stashed.isEmpty)
        var actions: [AuditAction] = []
        let found = try AuditFiles.verify(AuditLog(project).place) { line in
            if let entry = AuditLog.decode(line.entry) { actions.append(entry.action) }
        }
        #expect(found.fault == nil)
        #expect(actions == [.certificateInstalled, .secretPublished])
    }
}
