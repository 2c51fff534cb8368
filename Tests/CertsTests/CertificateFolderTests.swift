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

        func inspect() -> CertificateReport {
            let live = "/etc/letsencrypt/live/care.example/"
            let folder = self
            @Sendable func part(_ path: String) -> String { String(path.dropFirst(live.count).dropLast(4)) }
            @Sendable func bytes(_ path: String) -> [UInt8]? {
                guard path.hasPrefix(live), let target = folder.links[part(path)] else { return nil }
                return target.split(separator: "/").last.flatMap { folder.files[String($0)] }
            }
            let reader = CertificateFolder.Reader(
                bytes: bytes, link: { folder.links[part($0)] },
                names: { $0 == "/etc/letsencrypt/archive/care.example" ? Array(folder.files.keys) : [] },
                mode: { _ in folder.keyMode })
            return CertificateFolder(root: "/etc/letsencrypt", name: "care.example", reader: reader)
                .inspect(host: "care.example", now: testNow)
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

    @Test func `a folder that is not there says so for each file`() {
        var empty = folder
        empty.links = [:]
        let codes = empty.inspect().codes
        #expect(codes.filter { $0 == .linkMissing }.count == 4)
        #expect(codes.contains(.certificateUnparsable))
    }
}
