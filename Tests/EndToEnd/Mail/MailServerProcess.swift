#if canImport(Glibc)
    import Glibc
#endif

/// A real mail server, aiosmtpd, on a free port of loopback, that keeps each mail as a file; gone with its owner.
final class MailServerProcess {
    enum TLS: String {
        case none
        case starttls
        /// TLS from the start.
        case implicit
    }

    let port: UInt16
    private let folder: ScratchFolder
    private let process: RunningProcess

    static let user = "alerts@care.example"
    static let password = "Kanarienvogel: \"7\" 'ß'"

    /// The certificate is for 127.0.0.1, and vouches for itself.
    var certificate: String { folder["cert.pem"] }
    /// The mails that came, as they came.
    var mails: [String] { Files.names(in: folder["mails"]).map { Files.text(folder["mails"] + "/\($0)") } }

    /// On any free port, unless one is given.
    init(_ tls: TLS, wantsLogin: Bool, port given: UInt16? = nil) throws {
        folder = try ScratchFolder()
        port = try given ?? Ports.freeRun(of: 1)
        mkdir(folder["mails"], 0o700)
        try folder.write(Self.program, to: "server.py")
        try folder.write(Self.password, to: "password")
        let openssl = try run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days",
                "2", "-subj", "/O=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out",
                "cert.pem",
            ], in: folder.path)
        guard openssl.code == 0 else { throw HarnessError("openssl: \(openssl)") }
        let words = ["/usr/bin/python3", "server.py", "\(port)", tls.rawValue, wantsLogin ? Self.user : ""]
        process = try RunningProcess(words, .init(folder: folder.path))
        let (process, port) = (process, port)
        _ = try eventually("aiosmtpd listens") { () -> Bool? in
            guard process.isRunning else { throw HarnessError("aiosmtpd: \(try process.outcome())") }
            return Ports.isHeld("127.0.0.1", port) ? true : nil
        }
    }

    private static let program = """
        import os, ssl, sys, time
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import SMTP, AuthResult

        port, tls, user = int(sys.argv[1]), sys.argv[2], sys.argv[3]
        password = open("password", encoding="utf-8").read()
        context = None
        if tls != "none":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain("cert.pem", "key.pem")


        class Keep:
            count = 0

            async def handle_DATA(self, server, session, envelope):
                Keep.count += 1
                head = f"from {envelope.mail_from} to {envelope.rcpt_tos}\\n".encode()
                with open(f"mails/.{Keep.count}", "wb") as file:
                    file.write(head + envelope.content)
                os.rename(f"mails/.{Keep.count}", f"mails/{Keep.count}")
                return "250 kept"


        def check(server, session, envelope, mechanism, data):
            good = data.login.decode() == user and data.password.decode() == password
            return AuthResult(success=good, handled=False)


        class Server(Controller):
            def factory(self):
                # Alertmanager takes LOGIN where that is named first, and does not know the words that aiosmtpd asks with then.
                login = {
                    "authenticator": check, "auth_required": True, "auth_exclude_mechanism": ["LOGIN"],
                } if user else {}
                starttls = {"tls_context": context, "require_starttls": True} if tls == "starttls" else {}
                return SMTP(
                    self.handler, hostname="mail.care.example",
                    auth_require_tls=tls == "starttls", **login, **starttls)


        Server(
            Keep(), hostname="127.0.0.1", port=port,
            ssl_context=context if tls == "implicit" else None).start()
        while True:
            time.sleep(60)

        """
}
