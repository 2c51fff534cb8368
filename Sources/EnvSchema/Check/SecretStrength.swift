/// Recognises long secrets that a person made up.
///
/// What is called weak here, a random text of 32 characters is with a chance far below one in 10⁹.
package enum SecretStrength {
    /// The shortest secret that is accepted, in characters.
    package static let minimumLength = 32

    static func isWeak(_ value: String) -> Bool {
        let bytes = Array(value.utf8)
        return hasFewCharacters(bytes) || isPeriodic(bytes) || isMostlySequence(bytes)
    }

    /// `aaaa…`.
    private static func hasFewCharacters(_ bytes: [UInt8]) -> Bool { Set(bytes).count < 6 }

    /// `passwordpassword…`: the text continues itself after at most half of its length. Linear, by the failure function of
    /// Knuth, Morris and Pratt.
    private static func isPeriodic(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 1 else { return false }
        var failure = [Int](repeating: 0, count: bytes.count)
        var length = 0
        for index in 1..<bytes.count {
            while length > 0, bytes[index] != bytes[length] { length = failure[length - 1] }
            if bytes[index] == bytes[length] { length += 1 }
            failure[index] = length
        }
        return (bytes.count - length) * 2 <= bytes.count
    }

    /// `0123456789abcdef…`: most characters follow their neighbour in the alphabet.
    private static func isMostlySequence(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 1 else { return false }
        let steps = zip(bytes, bytes.dropFirst()).count { abs(Int($0) - Int($1)) <= 1 }
        return steps * 2 > bytes.count
    }
}
