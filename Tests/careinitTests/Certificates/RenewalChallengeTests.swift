import Testing

@testable import careinit

@Suite struct RenewalChallengeTests {
    private static let standalone = """
        version = 2.1.0
        cert = /le/live/care.test/cert.pem

        # Options used in the renewal process
        [renewalparams]
        account = 56b6d7de
        http01_port = 24002
        http01_address = 127.0.0.1
        renew_hook = /usr/bin/careinit certs install --env-file /srv/.env
        authenticator = standalone

        """

    private func rewritten(_ text: String) -> String? {
        RenewalChallenge.throughWebroot(text, folder: "/srv/a state/acme", host: "care.test")
    }

    @Test func `a certificate that certbot's own server got is renewed through nginx`() {
        #expect(
            rewritten(Self.standalone) == """
                version = 2.1.0
                cert = /le/live/care.test/cert.pem

                # Options used in the renewal process
                [renewalparams]
                account = 56b6d7de
                renew_hook = /usr/bin/careinit certs install --env-file /srv/.env
                authenticator = webroot
                webroot_path = "/srv/a state/acme",
                [[webroot_map]]
                care.test = "/srv/a state/acme"

                """)
    }

    @Test func `sections after certbot's settings stay behind them`() {
        let later = "[acme_renewal_info]\nari_retry_after = 2026-11-25T00:00:00\n"
        #expect(
            rewritten(Self.standalone + later)?.hasSuffix("care.test = \"/srv/a state/acme\"\n" + later) == true)
    }

    @Test(arguments: [
        "", "[renewalparams]\nauthenticator = webroot\n", "[renewalparams]\nauthenticator = dns-rfc2136\n",
    ])
    func `what is renewed in another way stays as it is`(text: String) { #expect(rewritten(text) == nil) }
}
