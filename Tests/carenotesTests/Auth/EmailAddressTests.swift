import Testing

@testable import carenotes

@Suite struct EmailAddressTests {
    @Test(arguments: [
        ("carer@example.org", "carer@example.org"), ("Carer@Example.ORG", "carer@example.org"),
        ("o'neil+night@a.b-c.example", "o'neil+night@a.b-c.example"), ("x@localhost", "x@localhost"),
        (String(repeating: "a", count: 64) + "@b.c", String(repeating: "a", count: 64) + "@b.c"),
    ])
    func `an address is read, in lower case`(text: String, expected: String) {
        #expect(EmailAddress(text)?.text == expected)
    }

    @Test(arguments: [
        "", "@", "a@", "@b", "a", "a b@c.d", "a@b@c", "a..b@c", ".a@c", "a.@c", "a@b..c", "a@-b", "a@b-", "a@b_c",
        "é@b.c",
        "a@b.c\n", "\"a\"@b.c", "a@[127.0.0.1]", "a,b@c.d", "<a@b.c>",
        String(repeating: "a", count: 65) + "@b.c", "a@" + String(repeating: "b", count: 64),
        "a@" + String(repeating: "b.", count: 127) + "c",
    ])
    func `anything else is none`(text: String) { #expect(EmailAddress(text) == nil) }
}
