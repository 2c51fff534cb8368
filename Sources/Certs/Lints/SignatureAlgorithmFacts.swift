/// How a certificate is signed, and whether the web takes it (CA/Browser Forum 7.1.3.2).
struct SignatureAlgorithmFacts {
    private static let weak: Set<OID> = [
        "1.2.840.113549.1.1.2", "1.2.840.113549.1.1.3", "1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5",
        "1.2.840.10045.4.1", "1.3.14.3.2.29",
    ]
    private static let rsa: Set<OID> = [
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13",
    ]
    private static let ecdsaAndEdwards: Set<OID> = [
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4", "1.3.101.112", "1.3.101.113",
    ]
    private static let pss: OID = "1.2.840.113549.1.1.10"

    static func problems(_ contents: CertificateContents) -> [CertificateProblem] {
        var problems: [CertificateProblem] = []
        if contents.signedAlgorithm.encoded != contents.outerAlgorithm.encoded {
            problems.append(CertificateProblem(.signatureAlgorithmMismatch))
        }
        if let problem = problem(contents.signedAlgorithm) { problems.append(problem) }
        return problems
    }

    private static func problem(_ algorithm: DERElement) -> CertificateProblem? {
        var reader = DERReader(algorithm.content)
        guard let element = try? reader.next(DERTag.oid), let identifier = try? OID(element) else {
            return CertificateProblem(.signatureAlgorithmForbidden, .error, "unreadable")
        }
        if weak.contains(identifier) { return CertificateProblem(.weakSignature, .error, identifier.name) }
        let parameters = reader.isAtEnd ? nil : try? reader.next()
        let isNull = parameters.map { $0.tag == DERTag.null && $0.content.isEmpty } ?? false
        let isAllowed =
            switch identifier {
            case _ where rsa.contains(identifier): isNull && reader.isAtEnd
            case _ where ecdsaAndEdwards.contains(identifier): parameters == nil && reader.isAtEnd
            case pss: PSSParameters.isAllowed(parameters)
            default: false
            }
        return isAllowed ? nil : CertificateProblem(.signatureAlgorithmForbidden, .error, identifier.name)
    }
}

/// RSASSA-PSS (RFC 4055 §3.1): one digest of the SHA-2 family for both uses, the salt as long as the digest.
private enum PSSParameters {
    private static let saltLengths: [OID: Int] = [
        "2.16.840.1.101.3.4.2.1": 32, "2.16.840.1.101.3.4.2.2": 48, "2.16.840.1.101.3.4.2.3": 64,
    ]

    static func isAllowed(_ parameters: DERElement?) -> Bool {
        guard let parameters, parameters.tag == DERTag.sequence else { return false }
        do throws(DERFault) {
            var reader = DERReader(parameters.content)
            let digest = try digest(try reader.next(DERTag.contextConstructed(0)).content)
            var mask = DERReader(
                try DERReader.single(try reader.next(DERTag.contextConstructed(1)).content, DERTag.sequence)
                    .content)
            let isMaskGenerator = try OID(try mask.next(DERTag.oid)) == "1.2.840.113549.1.1.8"
            let maskDigest = try Self.digest(try mask.next(DERTag.sequence).encoded)
            let salt = try DERReader.single(
                try reader.next(DERTag.contextConstructed(2)).content, DERTag.integer
            ).smallInteger()
            try reader.requireEnd()
            return isMaskGenerator && maskDigest == digest && saltLengths[digest] == salt
        } catch {
            return false
        }
    }

    private static func digest(_ bytes: ArraySlice<UInt8>) throws(DERFault) -> OID {
        var reader = DERReader(try DERReader.single(bytes, DERTag.sequence).content)
        return try OID(try reader.next(DERTag.oid))
    }
}
