import Certs
import EnvSchema
import Testing

@testable import careinit

@Suite struct InstallationSourceTests {
    private let folder = TemporaryFolder()
    private let console = Console(usesColour: false, isInteractive: false, isQuiet: true)

    private func settings(_ mode: CertificateSettings.Mode) throws -> CertificateSettings {
        let lines = """
            APP_URL=https://care.example
            TLS_MODE=\(mode.rawValue)
            TLS_CERT_PATH=tls/fullchain.pem
            TLS_KEY_PATH=tls/privkey.pem
            """
        try OutputFile.write(Array(lines.utf8), to: "\(folder.path)/.env")
        return try #require(try CertificateProject.settings("\(folder.path)/.env"))
    }

    /// Writes a pair for the host into a folder below, and names the folder.
    private func make(_ name: String, host: String = "care.example", signed: Bool = false) throws -> String {
        let pair: CertificatePair
        if signed {
            let authority = try CertificateAuthority.make(organization: "x", now: Clock.now())
            pair = try authority.issue(names: [host], now: Clock.now(), days: 90, keyType: .p256)
        } else {
            pair = try SelfSigned.make(names: [host], organization: "x", now: Clock.now(), days: 90)
        }
        try PairFiles(
            certificatePath: "\(folder.path)/\(name)/fullchain.pem", keyPath: "\(folder.path)/\(name)/privkey.pem"
        ).write(pair)
        return "\(folder.path)/\(name)"
    }

    private func read(
        _ values: [String: [String]], _ mode: CertificateSettings.Mode
    ) throws -> InstallationSource {
        let invocation = Invocation(
            command: CertsInstallCommand.command, positionals: [], values: values, console: console)
        return try InstallationSource.read(invocation, settings: try settings(mode), now: Clock.now())
    }

    @Test func `without options it is the pair that the settings name, and nothing is copied`() throws {
        _ = try make("tls")
        #expect(try read([:], .selfSigned).destination == nil)
        #expect(try read(["--from": ["\(folder.path)/tls"]], .selfSigned).destination == nil)
    }

    @Test func `a pair from elsewhere is copied to where the settings name it`() throws {
        let from = try make("new")
        let source = try read(["--from": [from]], .files)
        #expect(source.destination?.certificatePath.hasSuffix("/tls/fullchain.pem") == true)
        let pair = ["--cert": ["\(from)/fullchain.pem"], "--key": ["\(from)/privkey.pem"]]
        #expect(try read(pair, .files).pair == source.pair)
    }

    @Test func `a pair for another host is refused`() throws {
        let from = try make("other", host: "other.example")
        let failure = #expect(throws: CommandFailure.self) { try read(["--from": [from]], .files) }
        #expect(failure?.exitCode == .configuration)
    }

    @Test(arguments: [
        (CertificateSettings.Mode.letsencrypt, false), (.letsencrypt, true), (.selfSigned, true),
    ])
    func `a pair that TLS_MODE does not allow is refused`(mode: CertificateSettings.Mode, signed: Bool) throws {
        let from = try make("new", signed: signed)
        let failure = #expect(throws: CommandFailure.self) { try read(["--from": [from]], mode) }
        #expect(failure?.exitCode == .configuration)
        #expect(failure?.fix?.contains("TLS_MODE=files") == true)
    }

    @Test(arguments: [["--cert"], ["--key"], ["--from", "--cert"], ["--from", "--cert", "--key"]])
    func `options that contradict each other are refused`(options: [String]) throws {
        let values = Dictionary(uniqueKeysWithValues: options.map { ($0, ["/x"]) })
        let failure = #expect(throws: CommandFailure.self) { try read(values, .files) }
        #expect(failure?.exitCode == .usage)
    }
}
