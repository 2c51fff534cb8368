import Testing

@testable import careinit

@Suite struct PrivilegedPortsTests {
    private var settings: StackSettings {
        var settings = StackSettings.production()
        (settings.web.httpPort, settings.web.httpsPort) = (80, 443)
        return settings
    }

    @Test func `root may use every port, and others those from the machine's first on`() throws {
        try PrivilegedPorts.require(settings, isRoot: true, from: 1024)
        try PrivilegedPorts.require(settings, isRoot: false, from: 80)
    }

    @Test func `whoever may not is told both ways out`() {
        let failure = #expect(throws: CommandFailure.self) {
            try PrivilegedPorts.require(settings, isRoot: false, from: 1024)
        }
        #expect(failure?.exitCode == .notPermitted)
        #expect(failure?.what.contains("HTTP_PORT=80, HTTPS_PORT=443") == true)
        #expect(failure?.fix?.contains("as root") == true)
        #expect(failure?.fix?.contains("net.ipv4.ip_unprivileged_port_start=80 ") == true)
    }
}
