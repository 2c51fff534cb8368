/// Of the authorities in a file, those that a path from a chain could reach.
///
/// A system trusts some 140, and OpenSSL takes long to read each; all of them are read here, and only those that a name
/// leads to by OpenSSL as well.
struct TrustedAuthorities {
    /// By their number in the file; nil for one that is damaged, or that no name leads to.
    private(set) var certificates: [ChainCertificate?]
    /// The numbers of those that are no certificates.
    private(set) var damaged: [Int] = []

    /// Whether there is none that could be trusted at all.
    var isEmpty: Bool { damaged.count == certificates.count }

    init(pem: [UInt8], for chain: [ChainCertificate?]) {
        let blocks = PEMBlocks.certificates(in: pem)
        var contents = blocks.map { $0.flatMap { try? CertificateContents(der: $0) } }
        certificates = Array(repeating: nil, count: blocks.count)
        damaged = contents.indices.filter { contents[$0] == nil }
        let leaf = chain.first??.der
        var wanted = chain.compactMap { $0?.contents.issuer }
        var isComplete = false
        while !isComplete {
            isComplete = true
            for index in contents.indices {
                guard let own = contents[index], let der = blocks[index] else { continue }
                guard wanted.contains(own.subject) || der == leaf else { continue }
                contents[index] = nil
                certificates[index] = ChainCertificate(der: der)
                if certificates[index] == nil { damaged.append(index) }
                if !wanted.contains(own.issuer) {
                    wanted.append(own.issuer)
                    isComplete = false
                }
            }
        }
        damaged.sort()
    }
}
