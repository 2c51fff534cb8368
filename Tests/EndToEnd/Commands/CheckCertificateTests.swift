import Testing

/// `careinit check` on a `.env` whose certificate lies beside it.
@Suite struct CheckCertificateTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try SettingsFiles.provision(in: folder)
    }

    /// The line of TLS_CERT_PATH.
    private var line: Int {
        let lines = Files.text(folder[".env"]).split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.firstIndex { $0.hasPrefix("TLS_CERT_PATH=") } ?? -1) + 1
    }

    /// Puts one in its place that began so many days ago and ends in so many; openssl(1) makes it.
    private func replaceCertificate(days begin: Int, _ end: Int) throws {
        try folder.write("", to: "index.txt")
        try folder.write(
            """
            [ca]
            default_ca = own
            [own]
            database = index.txt
            new_certs_dir = .
            rand_serial = yes
            default_md = sha256
            policy = any
            [any]
            organizationName = optional

            """, to: "ca.cnf")
        let now = try run(["date", "+%s"], in: "/").output
        let seconds = try #require(Int(now.prefix { $0 != "\n" }))
        let times = try [begin, end].map { days in
            try run(["date", "--utc", "--date", "@\(seconds + days * 86_400)", "+%Y%m%d%H%M%SZ"], in: "/").output
                .prefix { $0 != "\n" }
        }
        let key = folder["certs/privkey.pem"]
        for arguments in [
            ["req", "-new", "-key", key, "-subj", "/O=x", "-out", "request.pem"],
            [
                "ca", "-batch", "-selfsign", "-notext", "-config", "ca.cnf", "-keyfile", key, "-in", "request.pem",
                "-out",
                "certs/fullchain.pem", "-startdate", String(times[0]), "-enddate", String(times[1]),
            ],
        ] {
            let outcome = try run(["openssl"] + arguments, in: folder.path)
            guard outcome.code == 0 else { throw HarnessError("openssl: \(outcome)") }
        }
    }

    @Test func `a new certificate is no finding, and a missing one neither`() throws {
        #expect(try careinit("check", in: folder.path).code == 0)
        Files.remove(folder["certs"])
        let outcome = try careinit("check", in: folder.path)
        #expect(outcome.code == 0, "\(outcome)")
    }

    @Test(arguments: [
        (-61, 29, "certificate-due", "warning"), (-4, 2, "certificate-due", "warning"),
        (-90, -1, "certificate-expired", "error"),
    ])
    func `one that is due or expired stands at its line, in every format`(
        begin: Int, end: Int, code: String, severity: String
    ) throws {
        try replaceCertificate(days: begin, end)
        let text = try careinit("check", in: folder.path)
        #expect(text.code == 1, "\(text)")
        #expect(
            missing([".env:\(line):15", code, "careinit provision", "careinit certs install"], in: text.output)
                == [])
        let json = try careinit("check", "--format", "json", in: folder.path)
        let words = ["\"code\" : \"\(code)\"", "\"line\" : \(line)", "\"severity\" : \"\(severity)\""]
        #expect(json.code == 1 && missing(words, in: json.output) == [], "\(json)")
        let sarif = try careinit("check", "--format", "sarif", in: folder.path)
        let place = ["\"ruleId\" : \"\(code)\"", "\"startLine\" : \(line)", "\"level\" : \"\(severity)\""]
        #expect(missing(place, in: sarif.output) == [], "\(sarif)")
        let github = try careinit("check", "--format", "github", in: folder.path)
        #expect(
            github.output.hasPrefix("::\(severity) file=.env,line=\(line),col=15,title=\(code)::"), "\(github)")
        // From elsewhere the file is found too: relative paths start from its folder.
        #expect(try careinit("check", folder[".env"], in: "/").output.contains(code))
        // Over standard input there is no folder.
        #expect(try careinit("check", "-", in: folder.path, input: Files.text(folder[".env"])).code == 0)
    }

    @Test func `what is no certificate is a finding`() throws {
        try folder.write("nothing of the kind\n", to: "certs/fullchain.pem")
        let outcome = try careinit("check", in: folder.path)
        #expect(outcome.code == 1 && outcome.output.contains(".env:\(line):15"), "\(outcome)")
        #expect(outcome.output.contains("certificate-unreadable"), "\(outcome)")
    }
}
