import Certs
import Testing

@Suite struct CertificateFolderTests {
    /// A folder of certbot's as plain data.
    private struct Folder {
        var files: [String: [UInt8]]
        var links: [String: String] = [:]
        var keyMode: UInt32 = 0o600

        init(pair: CertificatePair, number: Int = 2) {
            files = [:]
            for number in 1...number {
                files["cert\(number).pem"] = pair.certificatePEM
                files["chain\(number).pem"] = []
                files["fullchain\(number).pem"] = pair.certificatePEM
                files["privkey\(number).pem"] = pair.keyPEM
            }
            for part in ["cert", "chain", "fullchain", "privkey"] {
                links[part] = "../../archive/care.example/\(part)\(number).pem"
            }
        }

        /// Whatever lies elsewhere, by its whole path.
        var others: [String: [UInt8]] = [:]
        var folderMode: UInt32 = 0o700

        func inspect() -> CertificateReport { folder.inspect(host: "care.example", now: testNow) }
        var surroundings: [CertificateProblem.Code] { folder.surroundings.map(\.code) }

        private var folder: CertificateFolder {
            let live = "/etc/letsencrypt/live/care.example/"
            let folder = self
            @Sendable func part(_ path: String) -> String { String(path.dropFirst(live.count).dropLast(4)) }
            @Sendable func bytes(_ path: String) -> [UInt8]? {
                if let other = folder.others[path] { return other }
                guard path.hasPrefix(live), let target = folder.links[part(path)] else { return nil }
                return target.split(separator: "/").last.flatMap { folder.files[String($0)] }
            }
            let reader = CertificateFolder.Reader(
                bytes: bytes, link: { folder.links[part($0)] },
                names: { path in
                    if path == "/etc/letsencrypt/archive/care.example" { return Array(folder.files.keys) }
                    return folder.others.keys.filter { $0.hasPrefix(path + "/") }
                },
                mode: { $0.hasSuffix(".pem") ? folder.keyMode : folder.folderMode })
            return CertificateFolder(root: "/etc/letsencrypt", name: "care.example", reader: reader)
        }
    }

    private let pair: CertificatePair
    private var folder: Folder { Folder(pair: pair) }

    init() throws {
        pair = try SelfSigned.make(names: ["care.example"], organization: "x", now: testNow)
    }

    @Test func `a folder as certbot leaves it has no problem`() {
        #expect(folder.inspect().problems == [])
        #expect(Folder(pair: pair, number: 11).inspect().problems == [])
    }

    @Test func `each way to spoil the folder has its own name`() {
        var dangling = folder
        dangling.files["chain2.pem"] = nil
        #expect(dangling.inspect().codes == [.linkMissing])
        var disagreeing = folder
        disagreeing.links["privkey"] = "../../archive/care.example/privkey1.pem"
        #expect(disagreeing.inspect().codes == [.linksDisagree])
        var outdated = folder
        outdated.files["cert3.pem"] = pair.certificatePEM
        #expect(outdated.inspect().codes == [.linkOutdated])
        var foreign = folder
        foreign.links["cert"] = "/elsewhere/cert2.pem"
        #expect(foreign.inspect().codes == [.linkForeign])
        var torn = folder
        torn.files["chain2.pem"] = Array("x".utf8)
        #expect(torn.inspect().codes == [.chainFilesDisagree])
        var open = folder
        open.keyMode = 0o644
        #expect(open.inspect().codes == [.keyReadableByOthers])
    }

    @Test func `the timer of a package does not renew another folder, and a line that names it does`() {
        let table = "/var/spool/cron/crontabs/care"
        func problems(_ line: String) -> [CertificateProblem] {
            let conf = "[renewalparams]\nrenew_hook = careinit certs install\n"
            let reader = CertificateFolder.Reader(
                bytes: { path in
                    switch path {
                    case Self.timer: Array("[Timer]\n# certbot".utf8)
                    case table: Array(line.utf8)
                    case "/srv/le/renewal/care.example.conf": Array(conf.utf8)
                    default: Array("x".utf8)
                    }
                }, link: { "../../archive/care.example/\($0.split(separator: "/").last?.dropLast(4) ?? "")1.pem" },
                names: { $0 == "/var/spool/cron/crontabs" ? ["care"] : [] }, mode: { _ in 0o600 })
            return CertificateFolder(root: "/srv/le", name: "care.example", reader: reader).surroundings
                .filter { $0.code == .renewalNotScheduled }
        }
        #expect(problems("23 4 * * * certbot renew --quiet").map(\.severity) == [.warning])
        #expect(problems("").first?.fix.contains("--config-dir '/srv/le' --work-dir '/srv/le/work'") == true)
        #expect(problems("23 4 * * * certbot renew --config-dir /srv/le").isEmpty)
    }

    private static let renewal = "/etc/letsencrypt/renewal/care.example.conf"
    private static let timer = "/etc/systemd/system/timers.target.wants/certbot.timer"

    /// As certbot writes them.
    private func renewed(_ parameters: String = "authenticator = standalone\nrenew_hook = careinit up") -> Folder {
        var folder = folder
        let text =
            "# renew_before_expiry = 30 days\nversion = 2.1.0\n[renewalparams]\n\(parameters)\n[[webroot_map]]\n"
        folder.others[Self.renewal] = Array(text.utf8)
        folder.others[Self.timer] = Array("[Timer]\n# certbot".utf8)
        return folder
    }

    @Test func `what certbot renews by itself has no problem`() {
        #expect(renewed().surroundings == [])
        var hooked = renewed("authenticator = standalone")
        hooked.others["/etc/letsencrypt/renewal-hooks/deploy/nginx"] = []
        #expect(hooked.surroundings == [])
    }

    @Test func `each way not to renew has its own name`() {
        #expect(folder.surroundings == [.renewalMissing])
        #expect(renewed("authenticator = standalone").surroundings == [.renewalWithoutHook])
        #expect(renewed("autorenew = False\nrenew_hook = x").surroundings == [.renewalDisabled])
        var unscheduled = renewed()
        unscheduled.others[Self.timer] = nil
        #expect(unscheduled.surroundings == [.renewalNotScheduled])
        var damaged = renewed()
        for text in ["", "nonsense", "[renewalparams", "a = b"] {
            damaged.others[Self.renewal] = Array(text.utf8)
            #expect(damaged.surroundings == [.renewalUnreadable], "\(text)")
        }
        var open = renewed()
        open.folderMode = 0o755
        #expect(open.surroundings == [.folderOpen, .folderOpen])
    }

    @Test func `a folder that is not there says so for each file`() {
        var empty = folder
        empty.links = [:]
        let codes = empty.inspect().codes
        #expect(codes.filter { $0 == .linkMissing }.count == 4)
        #expect(codes.contains(.certificateUnparsable))
    }
}
