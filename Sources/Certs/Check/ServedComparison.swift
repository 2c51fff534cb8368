/// Whether a server shows what lies on the disk.
package enum ServedComparison {
    /// What differs, both in PEM; nil where nothing does.
    package static func difference(stored: [UInt8], served: [UInt8]) -> String? {
        let (stored, served) = (PEMBlocks.certificates(in: stored), PEMBlocks.certificates(in: served))
        if stored == served { return nil }
        guard stored.first == served.first else {
            return "served is \(describe(served)), on the disk lies \(describe(stored))"
        }
        return
            "the certificate is the same, of its chain \(served.count - 1) are served and \(stored.count - 1) stored"
    }

    private static func describe(_ chain: [[UInt8]?]) -> String {
        guard let der = chain.first ?? nil, let leaf = ChainCertificate(der: der) else {
            return "none that can be read"
        }
        let end = DayText.text(of: leaf.contents.notAfter.seconds)
        return "\(leaf.subject) until \(end), \(leaf.handle.fingerprint.prefix(16))"
    }
}
