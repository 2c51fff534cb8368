/// What is stored of a password: scrypt with its cost and salt, in the form of the PHC string format:
/// `$scrypt$ln=15,r=8,p=3$SALT$HASH`, both in base64 without padding.
package struct PasswordHash: Equatable, Sendable {
    package static let saltLength = 16
    package static let hashLength = 32

    package var cost: Scrypt.Cost
    private var salt: [UInt8]
    private var hash: [UInt8]

    /// Of a password, with a new salt.
    package init(of password: SecretBytes, cost: Scrypt.Cost = .standard) throws(SecretsError) {
        self.cost = cost
        salt = try SecretGenerator.bytes(Self.saltLength)
        hash = try Scrypt.derive(password, salt: salt, cost: cost, length: Self.hashLength)
    }

    /// Of no password: nothing matches it, and finding that out takes as long as with a real one.
    package static func unmatchable(cost: Scrypt.Cost = .standard) throws(SecretsError) -> PasswordHash {
        PasswordHash(
            cost: cost, salt: try SecretGenerator.bytes(saltLength), hash: try SecretGenerator.bytes(hashLength))
    }

    /// Nil for anything but what `text` writes, and for a cost that no hash of ours has.
    package init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Self.cost(parts[2]),
            cost.isAcceptable, let salt = Self.bytes(parts[3]), let hash = Self.bytes(parts[4]),
            (8...64).contains(salt.count), (16...64).contains(hash.count)
        else { return nil }
        self.init(cost: cost, salt: salt, hash: hash)
    }

    package var text: String {
        "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$\(Self.text(salt))$\(Self.text(hash))"
    }

    /// Whether the password is the one; the comparison takes the same time wherever the two differ.
    package func matches(_ password: SecretBytes) throws(SecretsError) -> Bool {
        let other = try Scrypt.derive(password, salt: salt, cost: cost, length: hash.count)
        return constantTimeEqual(other, hash)
    }

    /// Whether it was made with less than what is asked for today, in any part.
    package func isWeaker(than other: Scrypt.Cost) -> Bool {
        cost.logN < other.logN || cost.r < other.r || cost.p < other.p
    }

    private init(cost: Scrypt.Cost, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    private static func cost(_ text: Substring) -> Scrypt.Cost? {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 3, let logN = number(fields[0], "ln="), let r = number(fields[1], "r="),
            let p = number(fields[2], "p=")
        else { return nil }
        return Scrypt.Cost(logN: logN, r: r, p: p)
    }

    private static func number(_ field: Substring, _ name: String) -> Int? {
        let digits = field.dropFirst(name.count)
        guard field.hasPrefix(name), (1...3).contains(digits.utf8.count), digits.first != "0",
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(digits)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(Base64URL.encodeStandard(bytes).prefix { $0 != "=" })
    }

    /// The standard alphabet, read through the one of base64url.
    private static func bytes(_ text: Substring) -> [UInt8]? {
        guard !text.utf8.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) else {
            return nil
        }
        return Base64URL.decode(
            text.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "+"): UInt8(ascii: "-")
                case UInt8(ascii: "/"): UInt8(ascii: "_")
                default: byte
                }
            })
    }
}
