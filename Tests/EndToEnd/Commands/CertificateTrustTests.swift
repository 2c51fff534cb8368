import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A real browser on a page whose certificate the local authority signed. The machine's own trust is never touched.
@Suite(.serialized) struct CertificateTrustTests {
    private static func withPage(_ body: (WebSite, Browser) throws -> Void) throws {
        let site = try WebSite()
        mkdir(site.folder["home"], 0o700)
        try body(site, Browser(home: site.folder["home"]))
        try site.stop()
    }

    private func expectRefusal(_ outcome: Outcome) {
        #expect(!outcome.output.contains(WebSite.text), "\(outcome)")
        #expect(outcome.error.contains("ERR_CERT_AUTHORITY_INVALID"), "\(outcome)")
    }

    @Test func `a browser opens the page once its database has the authority, and not before`() throws {
        try Self.withPage { site, browser in
            expectRefusal(try browser.open(site.origin))
            // As `certs trust` does it.
            let added = try browser.certutil("-A", "-t", "C,,", "-n", "local", "-i", site.authority)
            #expect(added.code == 0, "\(added)")
            let opened = try browser.open(site.origin)
            #expect(opened.output.contains(WebSite.text), "\(opened)")
            #expect(try browser.certutil("-D", "-n", "local").code == 0)
            expectRefusal(try browser.open(site.origin))
        }
    }

    /// In a mount namespace where the machine's folders, what other packages hang onto them, and root's home are the
    /// test's own.
    @Test(.enabled(if: Privileges.canMount, "only root may mount"))
    func `certs trust lets the browser open the page, and certs untrust takes it back`() throws {
        try Self.withPage { site, browser in
            expectRefusal(try browser.open(site.origin))
            let trusted = try apart("trust", site, browser)
            #expect(trusted.code == 0 && trusted.output.contains("\(browser.database): added"), "\(trusted)")
            let opened = try browser.open(site.origin)
            #expect(opened.output.contains(WebSite.text), "\(opened)")
            let untrusted = try apart("untrust", site, browser)
            #expect(untrusted.code == 0, "\(untrusted)")
            expectRefusal(try browser.open(site.origin))
        }
    }

    private func apart(_ verb: String, _ site: WebSite, _ browser: Browser) throws -> Outcome {
        for name in ["local", "bundle", "hooks"] { mkdir(site.folder[name], 0o755) }
        try site.folder.write("root:x:0:0:root:\(browser.home):/bin/sh\n", to: "passwd", mode: 0o644)
        let script = """
            mount --bind "$1/passwd" /etc/passwd &&
            mount --bind "$1/local" /usr/local/share/ca-certificates &&
            mount --bind "$1/bundle" /etc/ssl/certs &&
            mount --bind "$1/hooks" /etc/ca-certificates/update.d &&
            cd "$1" && exec "$2" certs \(verb)
            """
        return try run(
            [
                "unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh", site.folder.path,
                Programs.careinit,
            ], in: "/", within: .seconds(180))
    }
}
