import Testing

@testable import careinit

@Suite struct NginxPlanTests {
    private let folder = TemporaryFolder()

    private func configuration(
        _ settings: StackSettings = .local(), change: (inout HostFacts) -> Void = { _ in }
    ) throws -> String {
        var fixture = try StackFixture(state: "\(folder.path)/s", settings: settings)
        change(&fixture.host)
        let file = try #require(try fixture.plan().files.first { $0.path == "nginx/nginx.conf" })
        return String(decoding: file.contents, as: UTF8.self)
    }

    @Test(arguments: [
        (nil, "X25519:prime256v1:secp384r1"), (ProgramVersion(3, 0, 19), "X25519:prime256v1:secp384r1"),
        (ProgramVersion(3, 5), "X25519MLKEM768:X25519:prime256v1:secp384r1"),
        (ProgramVersion(4), "X25519MLKEM768:X25519:prime256v1:secp384r1"),
    ])
    func `the hybrid group is named where nginx' OpenSSL knows it`(version: ProgramVersion?, groups: String) throws
    {
        let text = try configuration { $0.programs[.nginx]?.openSSL = version }
        #expect(text.contains("        ssl_ecdh_curve \(groups);\n"))
    }

    @Test func `browsers are bound to TLS for a public name, and not for localhost`() throws {
        let header = "        add_header Strict-Transport-Security \"max-age=63072000\" always;\n"
        #expect(try configuration(.production()).contains(header))
        #expect(try !configuration().contains("Strict-Transport-Security"))
    }

    /// Its own answer says that it runs with some OpenSSL, which Debian's does in every release.
    @Test func `this machine's nginx says what it runs with`() throws {
        let version = try #require(try StackFixture(state: "\(folder.path)/s").host.openSSL(.nginx))
        #expect(version >= ProgramVersion(1, 1, 1))
    }
}
