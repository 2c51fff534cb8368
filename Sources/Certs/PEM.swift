import COpenSSL
import OpenSSL

/// Certificates and keys to and from PEM (RFC 7468).
enum PEM {
    static func newKey(_ type: KeyType = .p256) throws(OpenSSLError) -> PrivateKeyHandle {
        let key =
            switch type {
            case .p256: shim_generate_p256()
            case .p384: shim_generate_p384()
            case .ed25519: shim_generate_ed25519()
            case .rsa(let bits): shim_generate_rsa(Int32(clamping: bits))
            }
        return try PrivateKeyHandle(takingOwnershipOf: key, from: "EVP_PKEY_Q_keygen")
    }

    static func encode(_ certificate: CertificateHandle) throws(OpenSSLError) -> [UInt8] {
        try MemoryBIO.written { (bio) throws(OpenSSLError) in
            let result = certificate.with { PEM_write_bio_X509(bio, $0) }
            try OpenSSLError.require(result == 1, "PEM_write_bio_X509")
        }
    }

    /// PKCS #8, not encrypted: nginx must be able to start without anyone to type a passphrase.
    static func encode(_ key: PrivateKeyHandle) throws(OpenSSLError) -> [UInt8] {
        try MemoryBIO.written { (bio) throws(OpenSSLError) in
            let result = key.with { PEM_write_bio_PKCS8PrivateKey(bio, $0, nil, nil, 0, nil, nil) }
            try OpenSSLError.require(result == 1, "PEM_write_bio_PKCS8PrivateKey")
        }
    }

    /// Every certificate in the order of the file; `isDamaged` where one of them does not parse, which ends it.
    static func certificates(in bytes: [UInt8]) -> (certificates: [CertificateHandle], isDamaged: Bool) {
        var certificates: [CertificateHandle] = []
        let last: OpenSSLError? = MemoryBIO.reading(bytes) { bio in
            while true {
                do throws(OpenSSLError) {
                    certificates.append(
                        try CertificateHandle(
                            takingOwnershipOf: PEM_read_bio_X509(bio, nil, refusePassphrase, nil),
                            from: "PEM_read_bio_X509"))
                } catch {
                    return error
                }
            }
        }
        return (certificates, last.map { !$0.isEndOfPEM } ?? true)
    }

    enum KeyReading {
        case key(PrivateKeyHandle)
        case encrypted
        case unparsable
    }

    /// The first private key.
    static func privateKey(in bytes: [UInt8]) -> KeyReading {
        var asked = false
        let reading: KeyReading? = MemoryBIO.reading(bytes) { bio in
            withUnsafeMutablePointer(to: &asked) { asked in
                let key = PEM_read_bio_PrivateKey(bio, nil, refusePassphrase, asked)
                guard let handle = try? PrivateKeyHandle(takingOwnershipOf: key, from: "PEM_read_bio_PrivateKey")
                else { return asked.pointee ? .encrypted : .unparsable }
                return .key(handle)
            }
        }
        return reading ?? .unparsable
    }
}

/// Without a callback of ours, OpenSSL would ask on the terminal. What it is given to remember by is a `Bool`.
private func refusePassphrase(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ isWriting: Int32, _ asked: UnsafeMutableRawPointer?
) -> Int32 {
    asked?.storeBytes(of: true, as: Bool.self)
    return -1
}

extension OpenSSLError {
    /// Whether it only says that nothing more stands in the file.
    fileprivate var isEndOfPEM: Bool {
        entries.count == 1 && entries[0].code & 0x7F_FFFF == UInt(PEM_R_NO_START_LINE)
    }
}
