import Certs
import Transport

/// Looks at a certificate on the disk, at the one that a server shows, or at both, and compares them.
struct CertificateCheck {
    var target: CertificateTarget?
    /// Where a server listens, and what it is asked for.
    var server: ServerAddress?
    /// Trusted authorities in PEM; nil where the system has none.
    var anchors: [UInt8]?
    /// Seconds since 1970.
    var now: Int64

    static let timeout: Duration = .seconds(10)

    /// - Throws: exit code 66 or 77 where a file cannot be read.
    func run() throws(CommandFailure) -> CertificateCheckReport {
        var report = CertificateCheckReport()
        if anchors == nil { report.skip(.chain, "there are no trusted authorities to compare with: --ca FILE") }
        let stored = try target.map { (target) throws(CommandFailure) in try checkFiles(target, &report) }
        guard let server else {
            report.skip(.served, "no server was asked: --connect HOST:PORT")
            return report
        }
        do throws(TransportError) {
            let served = try ServedCertificates.read(
                from: .tcp(host: server.host, port: server.port), serverName: server.name, timeout: Self.timeout)
            compare(served, with: stored, server, &report)
        } catch {
            report.add(CertificateProblem(.servedUnreachable, .error, error.reason), server.text)
            if target == nil {
                for point in CheckPoint.allCases { report.skip(point, "the server did not answer") }
            }
        }
        return report
    }

    /// - Returns: The chain that lies there.
    private func checkFiles(
        _ target: CertificateTarget, _ report: inout CertificateCheckReport
    ) throws(CommandFailure) -> [UInt8] {
        let (certificate, key) = try read(target)
        let examination = CertificateExamination(
            certificatePEM: certificate, keyPEM: key?.bytes ?? [], hosts: target.hosts, now: now,
            anchorsPEM: anchors)
        report.take(examination.report(), from: target.certificatePath)
        if let folder = target.folder {
            for problem in folder.surroundings { report.add(problem, "\(folder.root)/live/\(folder.name)") }
        } else {
            report.skip(.links, "this is no folder of certbot's")
            report.skip(.renewal, "this is no folder of certbot's")
            if let key, key.mode & 0o007 != 0 {
                report.add(CertificateProblem(.keyReadableByOthers), target.keyPath)
            }
        }
        checkAccess(target, &report)
        if target.hosts.isEmpty { report.skip(.names, "no host was named: --host NAME") }
        return certificate
    }

    /// - Throws: exit code 77 for a folder as certbot makes it, which is closed to all but root.
    private func read(
        _ target: CertificateTarget
    ) throws(CommandFailure) -> (certificate: [UInt8], key: InputFile?) {
        do {
            return (try CertificateOptions.file(target.certificatePath), try InputFile.read(target.keyPath))
        } catch {
            guard error.exitCode == .notPermitted else { throw error }
            var failure = error
            failure.fix = "run it as the user who owns the files: sudo careinit certs check"
            throw failure
        }
    }

    private func checkAccess(_ target: CertificateTarget, _ report: inout CertificateCheckReport) {
        guard let access = target.access else { return }
        switch access.answer([target.certificatePath, target.keyPath]) {
        case .readable: break
        case .closed(let path):
            report.add(
                CertificateProblem(.pairClosed, .error, "\(path) is closed to \(access.name)"), target.keyPath)
        case .unknown(let reason): report.skip(.permissions, reason)
        }
    }

    private func compare(
        _ served: [UInt8], with stored: [UInt8]?, _ server: ServerAddress, _ report: inout CertificateCheckReport
    ) {
        let examination = CertificateExamination(
            certificatePEM: served, keyPEM: nil, hosts: [server.name], now: now, anchorsPEM: anchors)
        guard let stored else {
            report.take(examination.report(), from: server.text)
            for point in [CheckPoint.links, .key, .permissions, .renewal, .served] {
                report.skip(point, "no files were named, only a server")
            }
            return
        }
        if let difference = ServedComparison.difference(stored: stored, served: served) {
            report.add(CertificateProblem(.servedDiffers, .error, difference), server.text)
            report.take(examination.report(), from: server.text)
        }
    }
}

/// Where a server listens: `HOST:PORT`, `[::1]:8443`, or a host alone for port 443.
struct ServerAddress: Equatable {
    var host: String
    var port: UInt16
    /// What it is asked for (SNI), and what its certificate must be for.
    var name: String
    var text: String

    init?(_ text: String) {
        var rest = text[...]
        if rest.hasPrefix("https://") { rest = rest.dropFirst(8) }
        if let slash = rest.firstIndex(of: "/") { rest = rest[..<slash] }
        var port: UInt16? = 443
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            let tail = rest[rest.index(after: end)...]
            if !tail.isEmpty { port = tail.first == ":" ? UInt16(tail.dropFirst()) : nil }
        } else if let colon = rest.lastIndex(of: ":") {
            host = String(rest[..<colon])
            port = UInt16(rest[rest.index(after: colon)...])
        } else {
            host = String(rest)
        }
        guard let port, port > 0, !host.isEmpty, !host.contains(" ") else { return nil }
        self.port = port
        name = host
        self.text = text
    }
}
