import COpenSSL
import OpenSSL

/// One certificate of a chain, read twice: by OpenSSL, which checks signatures, and by us, who judge what it says.
struct ChainCertificate: Sendable {
    var der: [UInt8]
    var handle: CertificateHandle
    var contents: CertificateContents
    var extensions: KnownExtensions

    /// nil where either reader refuses it.
    init?(der: [UInt8]) {
        guard let contents = try? CertificateContents(der: der), let handle = Self.decode(der) else { return nil }
        self.der = der
        self.handle = handle
        self.contents = contents
        extensions = KnownExtensions(contents)
    }

    /// A certificate that was read before, such as from a file with its key.
    init?(_ handle: CertificateHandle) {
        guard let der = handle.der, let contents = try? CertificateContents(der: der) else { return nil }
        self.der = der
        self.handle = handle
        self.contents = contents
        extensions = KnownExtensions(contents)
    }

    private static func decode(_ der: [UInt8]) -> CertificateHandle? {
        der.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            let handle = try? CertificateHandle(
                takingOwnershipOf: d2i_X509(nil, &next, bytes.count), from: "d2i_X509")
            return next == bytes.baseAddress.map { $0 + bytes.count } ? handle : nil
        }
    }

    /// Whether subject and issuer are one and its own key made the signature.
    ///
    /// OpenSSL's own answer would be no where the key identifiers do not fit, which is a mistake of its own.
    var isSelfSigned: Bool { contents.isSelfIssued && isSigned(by: self) }

    /// RFC 4514 text, for people.
    var subject: String { handle.subject }

    func isValid(at time: Int64) -> Bool {
        (contents.notBefore.seconds...max(contents.notBefore.seconds, contents.notAfter.seconds)).contains(time)
    }
}

extension Handle where Kind == CertificateKind {
    /// The encoding, as it was read.
    fileprivate var der: [UInt8]? {
        var bytes: UnsafeMutablePointer<UInt8>?
        let length = with { i2d_X509($0, &bytes) }
        defer { shim_free(bytes) }
        guard length > 0, let bytes else {
            ERR_clear_error()
            return nil
        }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(length)))
    }
}
