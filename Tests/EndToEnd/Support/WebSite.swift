#if canImport(Glibc)
    import Glibc
#endif

/// One page over HTTPS by a real nginx, with a certificate that `careinit certs create` made, in a folder of its own.
final class WebSite {
    let folder: ScratchFolder
    let port: UInt16
    private let nginx: RunningProcess
    static let text = "The page is open."

    var origin: String { "https://localhost:\(port)/" }
    /// The local authority that signed.
    var authority: String { folder[".careinit/authority/ca.pem"] }

    init() throws {
        folder = try ScratchFolder()
        port = try Ports.freeRun(of: 1)
        let made = try careinit("certs", "create", "--name", "localhost", in: folder.path)
        guard made.code == 0 else { throw HarnessError("certs create: \(made)") }
        let configuration = try folder.write(Self.configuration(port: port), to: "nginx.conf")
        nginx = try RunningProcess(["nginx", "-e", "stderr", "-p", "\(folder.path)/", "-c", configuration])
        let (nginx, port) = (nginx, port)
        try eventually("nginx on its port") {
            guard nginx.isRunning else { throw HarnessError("nginx: \(try nginx.outcome())") }
            return Ports.isHeld("127.0.0.1", port) ? true : nil
        }
    }

    /// Ends it, and waits for that.
    func stop() throws {
        nginx.send(SIGTERM)
        let outcome = try nginx.outcome()
        guard outcome.code == 0 else { throw HarnessError("nginx: \(outcome)") }
    }

    private static func configuration(port: UInt16) -> String {
        let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path temp;" }
        return """
            daemon off;
            pid nginx.pid;
            events {}
            http {
                access_log off;
                \(folders.joined(separator: "\n    "))
                server {
                    listen 127.0.0.1:\(port) ssl;
                    ssl_certificate certs/fullchain.pem;
                    ssl_certificate_key certs/privkey.pem;
                    location / {
                        default_type text/html;
                        return 200 "<title>page</title><p>\(text)</p>";
                    }
                }
            }

            """
    }
}
