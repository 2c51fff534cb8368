/// The key that makes what is new, and those that are still accepted beside it while one takes the place of another.
package struct KeyRing: Sendable, Equatable {
    package let primary: SecretBytes
    /// In the order in which they were given; none is the primary, and none stands twice.
    package let others: [SecretBytes]
    /// All of them, by `KeyID`.
    package let byID: [String: SecretBytes]
    package let primaryID: String

    package init(_ primary: SecretBytes, also others: [SecretBytes] = []) {
        var byID = [KeyID.of(primary): primary]
        self.primary = primary
        primaryID = KeyID.of(primary)
        self.others = others.filter { byID.updateValue($0, forKey: KeyID.of($0)) == nil }
        self.byID = byID
    }

    /// The primary first.
    package var all: [SecretBytes] { [primary] + others }

    /// Another ring, of keys that were each made from one of these.
    package func derived(_ label: String) -> KeyRing {
        func derive(_ key: SecretBytes) -> SecretBytes {
            SecretBytes(Digest.hmacSHA256(key: key, Array(label.utf8)))
        }
        return KeyRing(derive(primary), also: others.map(derive))
    }
}
