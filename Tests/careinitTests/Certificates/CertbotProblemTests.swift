import Testing

@testable import careinit

@Suite struct CertbotProblemTests {
    /// What certbot prints of an authority's look at a host.
    static func challenge(_ type: String, _ detail: String) -> String {
        """
        Saving debug log to /var/log/letsencrypt/letsencrypt.log
        Requesting a certificate for care.test

        Certbot failed to authenticate some domains (authenticator: webroot). The Certificate Authority reported these problems:
          Domain: care.test
          Type:   \(type)
          Detail: \(detail)

        Hint: The Certificate Authority failed to download the temporary challenge files created by Certbot.

        Some challenges have failed.
        Ask for help or search for solutions at https://community.letsencrypt.org.
        """
    }

    static func unexpected(_ reason: String) -> String {
        "Saving debug log to /x/letsencrypt.log\nAn unexpected error occurred:\n\(reason)\nAsk for help or search for solutions."
    }

    static let cases: [(output: String, problem: CertbotProblem)] = [
        (
            challenge(
                "connection", #"Get "http://care.test/": dial tcp 127.0.0.1:80: connect: connection refused"#),
            .refused
        ),
        (challenge("connection", "192.0.2.7: Fetching http://care.test/x: Connection refused"), .refused),
        (
            challenge(
                "connection", "192.0.2.7: Fetching http://x/: Timeout during connect (likely firewall problem)"),
            .timedOut
        ),
        (
            challenge("connection", "192.0.2.7: Fetching http://care.test/x: Connection reset by peer"),
            .unreachable
        ),
        (
            challenge("connection", #"Get "http://care.test/": could not resolve URL "http://care.test/""#),
            .unknownName
        ),
        (challenge("dns", "DNS problem: NXDOMAIN looking up A for care.test"), .unknownName),
        (challenge("caa", "CAA record for care.test prevents issuance"), .forbiddenByCAA),
        (challenge("unauthorized", "192.0.2.7: Invalid response from http://care.test/x: 404"), .wrongAnswer),
        (
            unexpected(
                "There were too many requests of a given type :: Error creating new order :: too many failed authorizations"
            ),
            .rateLimited
        ),
        (
            unexpected(
                "The server will not issue certificates for the identifier :: Cannot issue for \"care.test\""),
            .nameNotIssued
        ), (unexpected("ValueError: Requesting 127.0.0.1/dir: Connection refused"), .authorityUnreachable),
        (
            unexpected(
                "requests.exceptions.SSLError: Max retries exceeded (Caused by SSLError('CERTIFICATE_VERIFY_FAILED'))"
            ),
            .authorityUntrusted
        ), (unexpected("Error creating new account :: contact email has invalid domain"), .contactRefused),
        (unexpected("The server experienced an internal error :: Service busy; retry later."), .authorityBusy),
        (unexpected("OSError: [Errno 28] No space left on device"), .diskFull),
        (
            "The following error was encountered:\n[Errno 13] Permission denied: '/var/log/letsencrypt'\nEither run as root, or",
            .notPermitted
        ), ("Another instance of Certbot is already running.", .alreadyRunning),
        ("Could not bind TCP port 80 because it is already in use by another process on this system", .portTaken),
        ("Unable to find deploy-hook command /x in the PATH.", .hookMissing),
        ("Missing command line flag or config entry for this setting:\nPlease choose an account", .undecided),
    ]

    @Test(arguments: cases)
    func `what certbot prints tells the problem`(output: String, problem: CertbotProblem) {
        #expect(CertbotProblem(output: output) == problem)
    }

    @Test func `what says nothing known is no problem of the table`() {
        #expect(CertbotProblem(output: "Something new happened") == nil)
        #expect(CertbotProblem(output: "") == nil)
    }

    @Test func `every problem is told from something, and has words for people`() {
        #expect(Set(Self.cases.map(\.problem)) == Set(CertbotProblem.allCases))
        let site = CertbotSite(host: "care.test", httpPort: 8080, folder: "/etc/letsencrypt")
        for problem in CertbotProblem.allCases {
            let failure = problem.failure(site, reason: "so it said")
            #expect(failure.exitCode != .success && failure.why == "so it said")
            #expect(failure.place == "/var/log/letsencrypt/letsencrypt.log")
            #expect(failure.what.first?.isUppercase ?? false || failure.what.hasPrefix("certbot"), "\(failure)")
            #expect(!failure.what.hasSuffix(".") && !(failure.fix ?? "").isEmpty, "\(failure)")
        }
    }

    @Test(arguments: [
        (challenge("dns", "NXDOMAIN looking up A"), "NXDOMAIN looking up A"),
        (unexpected("ValueError: x"), "ValueError: x"),
        ("The following error was encountered:\n[Errno 13] no\nEither run as root", "[Errno 13] no"),
        (
            "Saving debug log to /x\nAnother instance of Certbot is already running.",
            "Another instance of Certbot is already running."
        ),
        ("", nil),
    ])
    func `the reason is the line that says it`(output: String, reason: String?) {
        #expect(CertbotOutput.reason(in: output) == reason)
    }

    @Test func `a forward is advised only where another port is open`() {
        let fixes = [UInt16(80), 8080].map { port in
            CertbotProblem.refused.failure(.init(host: "a.org", httpPort: port, folder: "/le"), reason: nil).fix
                ?? ""
        }
        #expect(!fixes[0].contains("forward") && fixes[1].contains("forward it to port 8080"))
    }
}
