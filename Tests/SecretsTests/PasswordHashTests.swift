import Secrets
import Testing

@Suite struct PasswordHashTests {
    private let cheap = Scrypt.Cost(logN: 10, r: 8, p: 1)

    @Test func `what is stored says how it was made, and matches its password only`() throws {
        let hash = try PasswordHash(of: SecretBytes("correct horse"), cost: cheap)
        #expect(hash.text.wholeMatch(of: /\$scrypt\$ln=10,r=8,p=1\$[A-Za-z0-9+\/]{22}\$[A-Za-z0-9+\/]{43}/) != nil)
        let read = try #require(PasswordHash(text: hash.text))
        #expect(read == hash)
        #expect(try read.matches(SecretBytes("correct horse")))
        for other in ["correct horse ", "Correct horse", "", "correct hors"] {
            #expect(try !read.matches(SecretBytes(other)))
        }
    }

    @Test func `the same password is stored differently each time`() throws {
        let password = SecretBytes("correct horse")
        #expect(try PasswordHash(of: password, cost: cheap) != PasswordHash(of: password, cost: cheap))
    }

    /// RFC 7914 §12, its third vector in the form of the PHC.
    @Test func `a hash of another program is read`() throws {
        let text =
            "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$"
            + "cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw"
        #expect(try #require(PasswordHash(text: text)).matches(SecretBytes("pleaseletmein")))
    }

    @Test func `a decoy matches nothing`() throws {
        #expect(try !PasswordHash.unmatchable(cost: cheap).matches(SecretBytes("")))
    }

    @Test func `a cost that grew in any part makes what was stored weak`() throws {
        let hash = try PasswordHash(of: SecretBytes("p"), cost: cheap)
        #expect(!hash.isWeaker(than: cheap))
        #expect(!hash.isWeaker(than: Scrypt.Cost(logN: 9, r: 8, p: 1)))
        for more in [(11, 8, 1), (10, 9, 1), (10, 8, 2)] {
            #expect(hash.isWeaker(than: Scrypt.Cost(logN: more.0, r: more.1, p: more.2)))
        }
    }

    @Test(arguments: [
        "", "x", "$scrypt$", "$argon2id$ln=10,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=10,r=8$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=010,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=+10,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=40,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=10,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=10,r=8,p=1$____AAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=10,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$", "$scrypt$ln=10,r=8,p=1$$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=10,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA$",
    ])
    func `anything else is no hash`(text: String) { #expect(PasswordHash(text: text) == nil) }
}
