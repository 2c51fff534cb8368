import Secrets
import Testing

@Suite struct ScryptTests {
    /// RFC 7914 §12; its first vector is cheaper than what is accepted here, its last dearer.
    @Test(arguments: [
        (
            "password", "NaCl", Scrypt.Cost(logN: 10, r: 8, p: 16),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        ),
        (
            "pleaseletmein", "SodiumChloride", Scrypt.Cost(logN: 14, r: 8, p: 1),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        ),
    ])
    func `the vectors of RFC 7914 come out`(password: String, salt: String, cost: Scrypt.Cost, hash: String) throws
    {
        let key = try Scrypt.derive(SecretBytes(password), salt: Array(salt.utf8), cost: cost, length: 64)
        #expect(Hex.encode(key) == hash)
    }

    @Test func `the standard cost takes 32 MiB, and runs within the limit`() throws {
        #expect(Scrypt.Cost.standard == Scrypt.Cost(logN: 15, r: 8, p: 3))
        #expect(Scrypt.Cost.standard.memory == 32 << 20)
        let key = try Scrypt.derive(SecretBytes("p"), salt: [1], cost: .standard, length: 32)
        #expect(key.count == 32)
    }

    @Test(arguments: [
        (4, 8, 1), (15, 0, 1), (15, 8, 0), (15, 8, 17), (17, 8, 1), (20, 32, 1), (63, 8, 1), (-1, 8, 1),
    ])
    func `a cost that protects nothing or takes everything is refused`(logN: Int, r: Int, p: Int) {
        let cost = Scrypt.Cost(logN: logN, r: r, p: p)
        #expect(!cost.isAcceptable)
        #expect(throws: SecretsError.self) {
            try Scrypt.derive(SecretBytes("p"), salt: [1], cost: cost, length: 32)
        }
    }
}
