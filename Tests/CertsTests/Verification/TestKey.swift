import COpenSSL
import OpenSSL

/// A private key of any kind, weak ones too.
final class TestKey: Sendable {
    private let handle: PrivateKeyHandle
    private let isEdwards: Bool

    private init(_ handle: PrivateKeyHandle, isEdwards: Bool = false) {
        self.handle = handle
        self.isEdwards = isEdwards
    }

    static func curve(_ name: String) throws -> TestKey {
        TestKey(
            try generate("EC") { context in
                EVP_PKEY_CTX_set_group_name(context, name) == 1
            })
    }

    static func rsa(_ bits: Int32) throws -> TestKey {
        TestKey(try generate("RSA") { EVP_PKEY_CTX_set_rsa_keygen_bits($0, bits) == 1 })
    }

    static func ed25519() throws -> TestKey { TestKey(try generate("ED25519") { _ in true }, isEdwards: true) }

    private static func generate(_ kind: String, _ prepare: (OpaquePointer?) -> Bool) throws -> PrivateKeyHandle {
        let context = EVP_PKEY_CTX_new_from_name(nil, kind, nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        let isMade =
            EVP_PKEY_keygen_init(context) == 1 && prepare(context) && EVP_PKEY_generate(context, &key) == 1
        try OpenSSLError.require(isMade, "EVP_PKEY_generate")
        return try PrivateKeyHandle(takingOwnershipOf: key, from: "EVP_PKEY_generate")
    }

    /// The SubjectPublicKeyInfo.
    var publicKey: [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = handle.with { i2d_PUBKEY($0, &bytes) }
        defer { shim_free(bytes) }
        return bytes.map { Array(UnsafeBufferPointer(start: $0, count: Int(count))) } ?? []
    }

    /// SHA-1 of the key's bits: the usual key identifier. Any bytes would do.
    var identifier: [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        let bytes = publicKey
        SHA1(bytes, bytes.count, &digest)
        return digest
    }

    func sign(_ bytes: [UInt8], digest: OpaquePointer? = EVP_sha256(), saltLength: Int32? = nil) throws -> [UInt8]
    {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var keyContext: OpaquePointer?
        let begun = handle.with {
            EVP_DigestSignInit(context, &keyContext, isEdwards ? nil : digest, nil, $0) == 1
        }
        try OpenSSLError.require(begun, "EVP_DigestSignInit")
        if let saltLength {
            let isSet =
                EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, saltLength) == 1
            try OpenSSLError.require(isSet, "EVP_PKEY_CTX_set_rsa_padding")
        }
        var length = 0
        try OpenSSLError.require(
            EVP_DigestSign(context, nil, &length, bytes, bytes.count) == 1, "EVP_DigestSign")
        var signature = [UInt8](repeating: 0, count: length)
        try OpenSSLError.require(
            EVP_DigestSign(context, &signature, &length, bytes, bytes.count) == 1, "EVP_DigestSign")
        return Array(signature.prefix(length))
    }
}
