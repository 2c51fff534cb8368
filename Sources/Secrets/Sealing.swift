import COpenSSL
import OpenSSL

/// Authenticated encryption: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce.
///
/// Sealed bytes are nonce (12), ciphertext (as long as the plaintext), tag (16). One key seals at most 2³² messages.
package enum Sealing {
    package static let keyLength = 32
    package static let nonceLength = 12
    package static let tagLength = 16

    /// The sealed bytes, under a key of 32 bytes. The associated data is what they belong to, such as the id of their
    /// row: it is not stored in them, and needed again to open them.
    package static func seal(
        _ plaintext: [UInt8], key: SecretBytes, associatedData: [UInt8]
    ) throws(SecretsError) -> [UInt8] {
        try requireKeyLength(key)
        let nonce = try SecretGenerator.bytes(nonceLength)
        do throws(OpenSSLError) {
            let context = try GCM(key: key, nonce: nonce, isSealing: true)
            let ciphertext = try context.run(plaintext, associatedData: associatedData)
            return nonce + ciphertext + (try context.finishSealing())
        } catch {
            throw .openSSL(error)
        }
    }

    /// The plaintext; throws `notAuthentic` where the bytes, the key or the associated data are not those of the seal.
    package static func open(
        _ sealed: [UInt8], key: SecretBytes, associatedData: [UInt8]
    ) throws(SecretsError) -> [UInt8] {
        try requireKeyLength(key)
        guard sealed.count >= nonceLength + tagLength else { throw .notAuthentic }
        let bodyEnd = sealed.count - tagLength
        let isAuthentic: Bool
        let plaintext: [UInt8]
        do throws(OpenSSLError) {
            let context = try GCM(key: key, nonce: Array(sealed[..<nonceLength]), isSealing: false)
            plaintext = try context.run(Array(sealed[nonceLength..<bodyEnd]), associatedData: associatedData)
            isAuthentic = try context.finishOpening(tag: Array(sealed[bodyEnd...]))
        } catch {
            throw .openSSL(error)
        }
        guard isAuthentic else { throw .notAuthentic }
        return plaintext
    }

    private static func requireKeyLength(_ key: SecretBytes) throws(SecretsError) {
        guard key.count == keyLength else {
            throw .badLength(expected: "a key of \(keyLength) bytes", actual: key.count)
        }
    }
}

/// One run of AES-256-GCM.
private struct GCM {
    private let context: Handle<CipherContextKind>

    init(key: SecretBytes, nonce: [UInt8], isSealing: Bool) throws(OpenSSLError) {
        context = try Handle(takingOwnershipOf: EVP_CIPHER_CTX_new(), from: "EVP_CIPHER_CTX_new")
        let context = context
        let result = key.withBytes { key in
            EVP_CipherInit_ex2(
                context.pointer, EVP_aes_256_gcm(), key.bindMemory(to: UInt8.self).baseAddress, nonce,
                isSealing ? 1 : 0, nil)
        }
        try OpenSSLError.require(result == 1, "EVP_CipherInit_ex2")
    }

    func run(_ input: [UInt8], associatedData: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        var length: Int32 = 0
        guard let inputCount = Int32(exactly: input.count), let dataCount = Int32(exactly: associatedData.count)
        else { throw OpenSSLError(operation: "EVP_CipherUpdate: input of 2 GiB or more") }
        // Empty input must not reach EVP_CipherUpdate as a null pointer, which means "finish" to it.
        if dataCount > 0 {
            let result = EVP_CipherUpdate(context.pointer, nil, &length, associatedData, dataCount)
            try OpenSSLError.require(result == 1, "EVP_CipherUpdate")
        }
        guard inputCount > 0 else { return [] }
        var output = [UInt8](repeating: 0, count: input.count)
        let result = EVP_CipherUpdate(context.pointer, &output, &length, input, inputCount)
        try OpenSSLError.require(result == 1 && length == inputCount, "EVP_CipherUpdate")
        return output
    }

    /// The tag over everything that was run.
    func finishSealing() throws(OpenSSLError) -> [UInt8] {
        var length: Int32 = 0
        var rest = [UInt8](repeating: 0, count: 16)
        var tag = [UInt8](repeating: 0, count: Sealing.tagLength)
        try OpenSSLError.require(EVP_CipherFinal_ex(context.pointer, &rest, &length) == 1, "EVP_CipherFinal_ex")
        let result = shim_gcm_get_tag(context.pointer, Int32(tag.count), &tag)
        try OpenSSLError.require(result == 1, "EVP_CTRL_AEAD_GET_TAG")
        return tag
    }

    /// Whether the tag is that of everything that was run.
    func finishOpening(tag: [UInt8]) throws(OpenSSLError) -> Bool {
        var length: Int32 = 0
        var rest = [UInt8](repeating: 0, count: 16)
        var tag = tag
        let result = shim_gcm_set_tag(context.pointer, Int32(tag.count), &tag)
        try OpenSSLError.require(result == 1, "EVP_CTRL_AEAD_SET_TAG")
        // A tag that does not match leaves nothing in the error queue.
        return EVP_CipherFinal_ex(context.pointer, &rest, &length) == 1
    }
}
