import Secrets
import Testing

@Suite struct SecretBytesTests {
    @Test func `no rendering shows the secret`() {
        struct Holder { var password: SecretBytes }
        let secret = SecretBytes("hunter2-hunter2")
        let holder = Holder(password: secret)
        var dumped = ""
        dump(holder, to: &dumped)
        let renderings = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\(holder)", "\([secret])",
            dumped,
        ]
        #expect(renderings.allSatisfy { !$0.contains("hunter2") })
        #expect(renderings[0] == "<secret>")
    }

    @Test func `bytes come back as they were`() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(SecretBytes(bytes).withBytes { Array($0) } == bytes)
        #expect(SecretBytes([]).withBytes { $0.count } == 0)
        #expect(SecretBytes("é").withBytes { Array($0) } == [0xC3, 0xA9])
    }

    @Test func `equality is that of the bytes`() {
        #expect(SecretBytes("abc") == SecretBytes("abc"))
        #expect(SecretBytes("abc") != SecretBytes("abd"))
        #expect(SecretBytes("abc") != SecretBytes("abcd"))
        #expect(SecretBytes("") == SecretBytes(""))
    }

    @Test func `more than the locked heap holds is still held`() {
        let secrets = (0..<600).map { SecretBytes([UInt8](repeating: UInt8($0 & 255), count: 1024)) }
        #expect(
            secrets.enumerated().allSatisfy { index, secret in
                secret.withBytes { $0.allSatisfy { $0 == UInt8(index & 255) } }
            })
    }
}
