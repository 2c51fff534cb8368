/// certbot's folder of one certificate, `live/NAME`: four links into `archive/NAME`, of which certbot itself checks
/// only the names.
package struct CertificateFolder: Sendable {
    /// How the folder is read. careinit gives the real files, a test whatever it likes.
    package struct Reader: Sendable {
        /// The bytes of a file, links followed; nil where it cannot be read.
        package var bytes: @Sendable (_ path: String) -> [UInt8]?
        /// Where a symbolic link leads, as it stands in it; nil for anything else.
        package var link: @Sendable (_ path: String) -> String?
        /// The names in a folder; empty where it cannot be read.
        package var names: @Sendable (_ path: String) -> [String]
        /// The permission bits of a file, links followed.
        package var mode: @Sendable (_ path: String) -> UInt32?

        package init(
            bytes: @escaping @Sendable (String) -> [UInt8]?, link: @escaping @Sendable (String) -> String?,
            names: @escaping @Sendable (String) -> [String], mode: @escaping @Sendable (String) -> UInt32?
        ) {
            self.bytes = bytes
            self.link = link
            self.names = names
            self.mode = mode
        }
    }

    /// certbot's own folder, such as `/etc/letsencrypt`.
    package var root: String
    /// The name of the certificate: the host it was first requested for.
    package var name: String
    package var reader: Reader

    package init(root: String, name: String, reader: Reader) {
        self.root = root
        self.name = name
        self.reader = reader
    }

    package var certificatePath: String { path("fullchain") }
    package var keyPath: String { path("privkey") }

    private static let parts = ["cert", "chain", "fullchain", "privkey"]

    /// Everything that is wrong with the links, the files and what is in them.
    package func inspect(host: String, now: Int64, anchorsPEM: [UInt8]? = nil) -> CertificateReport {
        var report = CertificateInspection.inspect(
            certificatePEM: reader.bytes(certificatePath) ?? [], keyPEM: reader.bytes(keyPath) ?? [], host: host,
            now: now, anchorsPEM: anchorsPEM)
        report.problems = linkProblems + fileProblems + report.problems
        return report
    }

    /// What is wrong around the certificate: links, files, permissions, renewal.
    package var surroundings: [CertificateProblem] {
        linkProblems + fileProblems + accessProblems + RenewalInspection(folder: self).problems
    }

    /// certbot keeps both folders to root, whose other certificates lie there, too.
    private var accessProblems: [CertificateProblem] {
        ["\(root)/live", "\(root)/archive"].compactMap { path in
            guard let mode = reader.mode(path), mode & 0o077 != 0 else { return nil }
            return CertificateProblem(.folderOpen, .warning, path)
        }
    }

    private var linkProblems: [CertificateProblem] {
        var problems: [CertificateProblem] = []
        var generations: [String: Int] = [:]
        for part in Self.parts {
            if reader.bytes(path(part)) == nil {
                problems.append(CertificateProblem(.linkMissing, .error, path(part)))
            } else if let generation = generation(of: part) {
                generations[part] = generation
            } else {
                problems.append(CertificateProblem(.linkForeign, .warning, path(part)))
            }
        }
        return problems + generationProblems(generations)
    }

    private func generationProblems(_ generations: [String: Int]) -> [CertificateProblem] {
        guard let highest = generations.values.max() else { return [] }
        if Set(generations.values).count > 1 {
            let text = generations.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value).pem" }
            return [CertificateProblem(.linksDisagree, .error, text.joined(separator: ", "))]
        }
        let newest = reader.names("\(root)/archive/\(name)").compactMap { Self.number(in: $0, of: "cert") }.max()
        if let newest, newest > highest {
            return [CertificateProblem(.linkOutdated, .warning, "number \(highest) of \(newest)")]
        }
        return []
    }

    private var fileProblems: [CertificateProblem] {
        var problems: [CertificateProblem] = []
        if let certificate = reader.bytes(path("cert")), let chain = reader.bytes(path("chain")),
            let full = reader.bytes(certificatePath), full != certificate + chain
        {
            problems.append(CertificateProblem(.chainFilesDisagree, .warning))
        }
        if let mode = reader.mode(keyPath), mode & 0o007 != 0 {
            problems.append(CertificateProblem(.keyReadableByOthers))
        }
        return problems
    }

    /// The number N of a link to `../../archive/NAME/<part>N.pem`.
    private func generation(of part: String) -> Int? {
        guard let target = reader.link(path(part)) else { return nil }
        let folders = ["../../archive/\(name)/", "\(root)/archive/\(name)/"]
        guard let folder = folders.first(where: target.hasPrefix) else { return nil }
        return Self.number(in: String(target.dropFirst(folder.count)), of: part)
    }

    private static func number(in file: String, of part: String) -> Int? {
        guard file.hasPrefix(part), file.hasSuffix(".pem") else { return nil }
        let digits = file.dropFirst(part.count).dropLast(4)
        return digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
    }

    private func path(_ part: String) -> String { "\(root)/live/\(name)/\(part).pem" }
}
