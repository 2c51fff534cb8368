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
        Row(type: "boolean", good: ["true", "false", "True", "yes", "off", "1", "t"], bad: ["2", "ja", "tru"]),
        Row(type: "enum(a, b-c)", good: ["a", "b-c"], bad: ["A", "b", "a,b-c"]),
        Row(
            type: "email", good: ["a@b.co", "first.last+tag@mail.care.co.uk", "root@localhost"],
            bad: [
                "a", "a@", "@b.co", "a@b", "a b@c.de", "a@b@c.de", ".a@b.co", "a..b@c.de", "Name <a@b.co>",
                "a@-b.co",
            ]),
        Row(
            type: "url",
            good: [
                "https://a.b", "http://a.b:81/x?y=z#w", "https://[::1]:8443/", "ftp://a.b",
                "postgres://user:word@db:5432/local",
            ],
            bad: [
                "a.b", "https://", "https://a b", "https://a.b:0", "https://u@v@a.b", "://a.b",
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
            type: "duration",
            good: ["500ms", "30s", "15m", "12h", "7d", "2w", "0s", "15", "1.5h", "15 m", "2days", "1 hour"],
            bad: ["m", "-1s", "9999999999999s", "1y", "1h30m", "1e3"]),
        // A number alone counts milliseconds: a lower limit finds what was meant as minutes.
        Row(type: "duration(min=60s, max=24h)", good: ["1m", "1d"], bad: ["59s", "25h", "15"]),
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
        Row(
            type: "string(matches=regex(\"^sk-[a-z]{2,4}$\", \"i\"))", good: ["sk-ab", "SK-ABCD"],
            bad: ["sk-a", "sk-abcde", "xsk-ab", "sk-ab1"]),
        Row(type: "string(matches=/^a,b$/)", good: ["a,b"], bad: ["ab"]),
        Row(type: "string(toUpperCase=true, startsWith=AB)", good: ["abc", "ABC"], bad: ["bc"]),
        Row(type: "number(precision=1, max=2)", good: ["2.04"], bad: ["2.06"]),
        Row(type: "number(isDivisibleBy=5)", good: ["0", "25", "-5"], bad: ["7", "5.5"]),
        Row(type: "number(min=1, max=2, coerceToMinMaxRange=true)", good: ["9", "-3"], bad: ["x"]),
        Row(type: "url(prependHttps=true)", good: ["a.b/c", "http://a.b"], bad: ["a b"]),
        Row(
            type: "url(allowedProtocols=[postgres, \"postgresql:\"])",
            good: ["postgres://db/x", "postgresql://db"],
            bad: ["https://db"]),
        Row(
            type: "url(allowedDomains=[a.b, \"c.d:81\"])", good: ["https://A.b:9", "http://c.d:81/x"],
            bad: ["http://c.d", "https://x.a.b"]),
        Row(type: "url(noTrailingSlash=true)", good: ["https://a.b", "https://a.b/c"], bad: ["https://a.b/"]),
        Row(
            type: "domain", good: ["care.co.uk"], bad: ["localhost", "*.a.b", "10.0.0.1", "https://a.b", "a.b:1"]),
        Row(
            type: "domain(allowWildcard=true, allowSingleLabel=true, allowIp=true)",
            good: ["*.a.b", "localhost", "10.0.0.1"], bad: ["a.*.b", "*"]),
        Row(type: "email(normalize=true)", good: ["A@b.co"], bad: ["a"]),
        Row(
            type: "semver", good: ["1.2.3", "0.0.0", "1.2.3-beta.1+build.01"],
            bad: ["1.2", "01.2.3", "1.2.3-", "1.2.3-01", "v1.2.3", "1.2.3+"]),
        Row(
            type: "isoDate",
            good: ["2026-11-24", "2024-02-29", "2026-11-24T18:30:00Z", "2026-11-24T18:30:00.123+01:00"],
            bad: ["2026-13-01", "2025-02-29", "24.11.2026", "2026-11-24T25:00", "2026-11-24T18:30:00 Z"]),
        Row(
            type: "uuid",
            good: ["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000"],
            bad: ["123e4567e89b12d3a456426614174000", "123e4567-e89b-02d3-a456-426614174000"]),
        Row(
            type: "md5", good: ["d41d8cd98f00b204e9800998ecf8427e"],
            bad: ["d41d8cd98f00b204e9800998ecf8427", "g41d8cd98f00b204e9800998ecf8427e"]),
        Row(
            type: "array(email, unique=true)",
            good: ["a@b.co", "a@b.co,c@d.co", "[a@b.co, c@d.co]", "[\"a@b.co\"]"],
            bad: ["a@b.co,a@b.co", "a@b.co,x", "[]"]),
        Row(
            type: "array(number, separator=\";\", minLength=0, maxLength=2)", good: ["1;2", "[]", "[1, 2]"],
            bad: ["1,2", "1;2;3"]),
        Row(type: "array(enum(dev, prod), isLength=2)", good: ["dev,prod"], bad: ["dev", "dev,x"]),
        Row(
            type: "record(url)", good: ["{\"a\": \"https://b.c\"}", "{a=https://b.c, d=http://e.f}"],
            bad: ["{\"a\": \"b\"}", "{}", "a=b", "{\"a\": {}}"]),
        Row(
            type: "record(number, keyType=enum(us, eu), entriesMaxLength=1)", good: ["{us=1}"],
            bad: ["{uk=1}", "{us=1, eu=2}"]),
        Row(type: "simple-object", good: ["{\"a\": [1, null, {}]}", "{}"], bad: ["{a}", "[1]", "{\"a\":}"]),
        Row(type: "absolute-path", good: ["/srv/x y"], bad: ["srv", "./x"]),
        Row(
            type: "host-list", good: ["a.b", "a.b:81,10.0.0.1,[::1]:5432", "a, b"],
            bad: ["a,,b", "a:0", "a b", "::1", ""].filter { !$0.isEmpty }),
        Row(type: "base64(4)", good: ["AAAAAA==", "AAAAAA"], bad: ["AAAAAAA=", "AAAA", "AA=AAA", "A+A_AA=="]),
        Row(type: "base64", good: ["AAAA", "+/8=", "-_8"], bad: ["A", "AAAA=", "A A"]),
        Row(type: "url-safe", good: ["aZ_-9"], bad: ["a+b", "a/b", "a="]),
        Row(
            type: "size(min=1k, max=1GiB)", good: ["1024", "10MB", "512k", "1.5 MiB", "1GiB", "1g"],
            bad: ["1023", "2GiB", "10 apples", "-1k", "1.0001k", "MB"]),
        Row(
            type: "cron", good: ["0 2 * * *", "*/15 0-6,22 1 jan-mar mon", "@daily", "05 04 * * 7"],
            bad: ["0 2 * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "5-1 * * * *", "*/0 * * * *", "@never"]),
        Row(type: "e164", good: ["+441632960001"], bad: ["01632960001", "+44 1632 960001", "+0441632", "+44163"]),
        Row(
            type: "time-zone", good: ["Europe/London", "UTC", "Etc/GMT+1"],
            bad: ["Europe/Londn", "europe/london", "BST1"]),
        Row(type: "currency", good: ["GBP", "EUR"], bad: ["gbp", "ABC", "GBP EUR", "£"]),
        Row(
            type: "locale", good: ["en", "en-GB", "zh-Hant-TW", "es-419"],
            bad: ["english", "en_GB", "en-XX", "xx", "en-GB-", "en-"]),
        Row(
            type: "percentage(min=5)", good: ["5", "99.5%", "100"], bad: ["4", "101", "-1", "%"]),
        Row(type: "hex(4)", good: ["00ffAA11"], bad: ["00ffAA1", "00ffAA111", "00ffAA1g"]),
    ]

    static let extra: Set = [
        "origin", "path", "hostname", "identifier", "hex", "absolute-path", "host-list", "base64", "url-safe",
        "size",
        "cron", "e164", "time-zone", "currency", "locale", "percentage", "pem",
    ]

    @Test(arguments: rows)
    func `a type takes its values and no others`(_ row: Row) throws {
        let isExtra = Self.extra.contains(String(row.type.prefix { $0 != "(" }))
        let template = isExtra ? "# careinit: type=\(row.type)\nA=\n" : "# @type=\(row.type)\nA=\n"
        let variable = try #require(try CheckerTests.schema(template)["A"])
        for value in row.good { #expect(variable.findings(for: value) == [], "\(value)") }
        for value in row.bad { #expect(variable.findings(for: value).map(\.code) == [.invalidValue], "\(value)") }
        #expect(!variable.expectation.isEmpty)
    }
}
