import EnvSchema
import Testing

@Suite struct ValueTypeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        /// As after `@type=`, or after `careinit: type=` where @env-spec has no such type.
        var type: String
        var good: [String]
        var bad: [String]
        var testDescription: String { type }
    }

    static let rows: [Row] = [
        Row(
            type: "port", good: ["1", "80", "65535"],
            bad: ["0", "65536", "+80", "080", "80 ", "8o", "-1", "99999999999999999999"]),
        Row(type: "port(min=1024)", good: ["1024"], bad: ["1023"]),
        Row(type: "boolean", good: ["true", "false"], bad: ["True", "yes", "1"]),
        Row(type: "enum(a, b-c)", good: ["a", "b-c"], bad: ["A", "b", "a,b-c"]),
        Row(
            type: "email", good: ["a@b.co", "first.last+tag@mail.care.co.uk", "root@localhost"],
            bad: [
                "a", "a@", "@b.co", "a@b", "a b@c.de", "a@b@c.de", ".a@b.co", "a..b@c.de", "Name <a@b.co>",
                "a@-b.co",
            ]),
        Row(
            type: "url", good: ["https://a.b", "http://a.b:81/x?y=z#w", "https://[::1]:8443/"],
            bad: [
                "a.b", "ftp://a.b", "https://", "https://u:p@a.b", "https://a b", "https://a.b:0",
                "https://a.b/\"", "https://a_b.c",
            ]),
        Row(
            type: "number", good: ["0", "-1", "3.25"],
            bad: ["", "1e3", "01", ".5", "1.", "0x1", "1 "].filter { !$0.isEmpty }),
        Row(type: "number(min=1, max=5, isInt=true)", good: ["1", "5"], bad: ["0", "6", "2.5"]),
        Row(
            type: "ip", good: ["127.0.0.1", "::1", "2001:db8::a:1", "::ffff:10.0.0.1", "1:2:3:4:5:6:7:8"],
            bad: [
                "127.0.0.256", "127.0.0", "127.0.0.01", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::", "localhost",
                "fe80::1%eth0",
            ]),
        Row(type: "ip(version=4)", good: ["0.0.0.0"], bad: ["::1"]),
        Row(type: "ip(version=6)", good: ["::", "1::"], bad: ["127.0.0.1"]),
        Row(
            type: "duration", good: ["500ms", "30s", "15m", "12h", "7d", "2w", "0s"],
            bad: ["15", "m", "1.5h", "15 m", "-1s", "9999999999s", "1y"]),
        Row(type: "duration(min=60s, max=24h)", good: ["1m", "1d"], bad: ["59s", "25h"]),
        Row(
            type: "string(minLength=2, maxLength=3, startsWith=a)", good: ["ab", "abc"], bad: ["a", "abcd", "bb"]),
        Row(
            type: "origin", good: ["https://a.b", "https://a.b:8443", "https://localhost:8443"],
            bad: ["http://a.b", "https://a.b/", "https://a.b/x", "https://a.b?x"]),
        Row(type: "path", good: ["/etc/letsencrypt", "certs/a b.pem"], bad: ["a;b", "a\"b", "a$b", "a{b"]),
        Row(
            type: "hostname", good: ["mail.care.co.uk", "localhost", "10.0.0.1"],
            bad: ["-a.b", "a..b", "a_b", "10.0.0.999", "a.b.", "mail:25", String(repeating: "a", count: 64)]),
        Row(
            type: "identifier", good: ["writecarenotes", "_a1"],
            bad: ["1a", "A", "a-b", "a b", String(repeating: "a", count: 64)]),
        Row(type: "hex(4)", good: ["00ffAA11"], bad: ["00ffAA1", "00ffAA111", "00ffAA1g"]),
    ]

    static let extra = ["origin", "path", "hostname", "identifier", "hex"]

    @Test(arguments: rows)
    func `a type takes its values and no others`(_ row: Row) throws {
        let isExtra = Self.extra.contains { row.type.hasPrefix($0) }
        let template = isExtra ? "# careinit: type=\(row.type)\nA=\n" : "# @type=\(row.type)\nA=\n"
        let variable = try #require(try CheckerTests.schema(template)["A"])
        for value in row.good { #expect(variable.findings(for: value) == [], "\(value)") }
        for value in row.bad { #expect(variable.findings(for: value).map(\.code) == [.invalidValue], "\(value)") }
        #expect(!variable.expectation.isEmpty)
    }
}
