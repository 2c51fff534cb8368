import TestSupport
import Testing

@testable import careinit

@Suite struct JournalSecretsTests {
    @Test func `secrets read back as they were, each under a reference of its own`() throws {
        var secrets = JournalSecrets()
        let first = secrets.add("p\u{E4}ss \"word\"\n", keeping: [String]())
        let second = secrets.add("other", keeping: [first])
        let read = JournalSecrets(try secrets.bytes)
        #expect(read == secrets && first != second)
        #expect(read.values == [first: "p\u{E4}ss \"word\"\n", second: "other"])
    }

    @Test func `what is referred to no more goes with the next one, and its reference does not come back`() {
        var secrets = JournalSecrets()
        let first = secrets.add("one", keeping: [String]())
        let second = secrets.add("two", keeping: [String]())
        #expect(secrets.values == [second: "two"] && second != first)
    }

    @Test(arguments: ["", "{", "[]", "{\"format\":2,\"secrets\":{\"1\":\"x\"}}", "{\"format\":1}"])
    func `what is no store of secrets holds none`(_ text: String) {
        #expect(JournalSecrets(Array(text.utf8)).values.isEmpty)
    }

    @Test func `damaged bytes end in secrets or in none`() throws {
        var secrets = JournalSecrets()
        _ = secrets.add("correct horse", keeping: [String]())
        let bytes = try secrets.bytes
        var generator = SeededGenerator(seed: FuzzSeed.value &+ 2)
        for count in 0..<bytes.count { #expect(JournalSecrets(Array(bytes[..<count])).values.isEmpty) }
        for round in 0..<2000 {
            let read = JournalSecrets(generator.damaged(bytes))
            #expect(read.values.count <= 1, "seed \(FuzzSeed.value), round \(round)")
        }
    }
}
