/// A certificate and its private key, both in PEM. The key is PKCS #8, not encrypted.
package struct CertificatePair: Equatable, Sendable {
    package var certificatePEM: [UInt8]
    package var keyPEM: [UInt8]

    package init(certificatePEM: [UInt8], keyPEM: [UInt8]) {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }
}

extension CertificatePair: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<certificate and key>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
