import Testing

@testable import carenotes

@Suite struct PasswordRulesTests {
    @Test(arguments: [
        ("short", PasswordRules.Objection?.some(.tooShort)), ("elevenchars", .tooShort),
        ("ein guter Satz", nil), ("blue kettle by the window", nil), ("ÄÖÜäöü ßéèêñ", nil),
        (String(repeating: "ab3 ", count: 40), .tooLong),
        ("passwordpassword", .common), ("Password-1234", .common), ("p4ssw0rd2026!!", .common),
        ("123456789012", .common), ("Change me! Change me!", .common),
        ("rosa@example.org", .aboutTheUser), ("Rosewood House", .aboutTheUser), ("rosewoodhouse1!", .aboutTheUser),
        ("rosewood-house is where I work", nil),
        ("aaaaaaaaaaaaaa", .pattern), ("abcabcabcabcabc", .pattern), ("abcdefghijklmnop", .pattern),
        ("qwertyuiop[]asdf", .common), ("lower case only words", nil),
    ])
    func `length and what is tried first decide, not the kinds of characters`(
        password: String, expected: PasswordRules.Objection?
    ) {
        let names = ["rosa@example.org", "rosa", "Rosewood House"]
        #expect(PasswordRules.objection(to: password, names: names) == expected)
    }

    @Test func `twelve and 128 characters are allowed, counted as people count`() {
        #expect(PasswordRules.objection(to: "tea at 4 pm?", names: []) == nil)
        let long =
            "one sentence after another makes a password that nobody guesses, and that a carer remembers on the way to a night shift; "
        #expect(PasswordRules.objection(to: String((long + "ok").prefix(128)), names: []) == nil)
    }
}
