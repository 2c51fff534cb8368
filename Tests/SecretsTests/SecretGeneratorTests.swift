import Secrets
import Testing

@Suite struct SecretGeneratorTests {
    @Test(arguments: [1, 2, 43, 4096])
    func `a URL-safe secret has its length, its alphabet and an alphanumeric start`(length: Int) throws {
        let secret = try SecretGenerator.urlSafe(length: length)
        #expect(secret.utf8.count == length)
        #expect(secret.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        #expect(secret.first.map { $0.isLetter || $0.isNumber } == true)
    }

    @Test func `hexadecimal secrets have two digits a byte`() throws {
        let secret = try SecretGenerator.hex(bytes: 32)
        #expect(secret.utf8.count == 64)
        #expect(Hex.decode(secret)?.count == 32)
        #expect(secret == secret.lowercased())
    }

    @Test(arguments: [-1, 0, 4097])
    func `lengths out of range are refused`(length: Int) {
        #expect(throws: SecretsError.badLength(expected: "1 to 4096 characters", actual: length)) {
            try SecretGenerator.urlSafe(length: length)
        }
        #expect(throws: SecretsError.badLength(expected: "1 to 4096 bytes", actual: length)) {
            try SecretGenerator.hex(bytes: length)
        }
    }

    /// 64 000 draws from 64 characters: 1 000 each, with a standard deviation of 31. Eight of them is never met by
    /// chance, and a modulo of 256 by 62 would put the first eight at 1 250.
    @Test func `every character is as likely as every other`() throws {
        var counts: [Character: Int] = [:]
        for _ in 0..<16 {
            for character in try SecretGenerator.urlSafe(length: 4001).dropFirst() {
                counts[character, default: 0] += 1
            }
        }
        #expect(counts.count == 64)
        #expect(counts.values.allSatisfy { (750...1250).contains($0) })
    }

    @Test func `no two are equal`() throws {
        let secrets = try Set((0..<1000).map { _ in try SecretGenerator.urlSafe(length: 22) })
        #expect(secrets.count == 1000)
    }

    @Test func `a UUID is of version 4 and of the variant of RFC 9562`() throws {
        let uuid = try SecretGenerator.uuid()
        let groups = uuid.split(separator: "-")
        #expect(groups.map(\.count) == [8, 4, 4, 4, 12])
        #expect(groups[2].first == "4")
        #expect(groups[3].first.map { "89ab".contains($0) } == true)
    }
}
