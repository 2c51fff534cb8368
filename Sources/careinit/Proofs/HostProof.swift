import Transport

/// The name in APP_URL has an address, and whose that is.
struct HostProof {
    var host: String
    var own: Set<String>
    var timeout: Duration

    func run(_ log: inout ProofLog) throws(ProofStop) {
        let addresses: [String]
        do throws(TransportError) {
            addresses = try HostLookup.addresses(of: host, timeout: timeout)
        } catch {
            throw .failed(
                "DNS", error.reason,
                fix: "make an A or AAAA record for \(host) at your DNS provider, or correct APP_URL")
        }
        try log.passed("DNS", addresses.joined(separator: ", "))
        let kinds = addresses.compactMap { AddressKind($0, own: own) }
        if !kinds.isEmpty, kinds.allSatisfy({ $0 == .loopback }) {
            throw .warning(
                ProofProblem(
                    layer: "address",
                    reason:
                        "\(host) leads to \(addresses.joined(separator: ", ")): other machines would ask themselves",
                    fix: "let \(host) lead to the address under which people reach this machine"))
        }
        try log.passed("address", Self.words(addresses, kinds))
    }

    private static func words(_ addresses: [String], _ kinds: [AddressKind]) -> String {
        if let first = kinds.first, kinds.allSatisfy({ $0 == first }) { return first.words }
        return zip(addresses, kinds).map { "\($0) is \($1.words)" }.joined(separator: "; ")
    }
}
