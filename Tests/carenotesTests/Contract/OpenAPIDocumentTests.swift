import Foundation
import Testing

@testable import carenotes

struct OpenAPIDocumentTests {
    private let document: [String: Any]

    init() throws {
        let bytes = OpenAPIDocument(origin: "https://localhost:8443").bytes
        document = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    private func member(_ value: Any?, _ names: String...) -> Any? {
        names.reduce(value) { ($0 as? [String: Any])?[$1] }
    }

    @Test func `every operation of the router stands in it, under its method and template`() throws {
        for operation in Operation.allCases {
            let contract = operation.contract
            let entry = member(document, "paths", contract.route.path, contract.method.name.lowercased())
            #expect(member(entry, "operationId") as? String == "\(operation)")
            let responses = try #require(member(entry, "responses") as? [String: Any])
            #expect(responses.keys.sorted() == contract.statuses.map { "\($0.rawValue)" }.sorted())
            #expect((member(entry, "security") != nil) == contract.access.needsToken)
            #expect((member(entry, "requestBody") != nil) == (contract.body != nil))
        }
        let paths = try #require(document["paths"] as? [String: Any])
        #expect(Set(paths.keys) == Set(Route.allCases.filter { $0 != .unknown }.map(\.path)))
    }

    @Test func `every reference leads somewhere`() throws {
        let text = String(decoding: OpenAPIDocument(origin: "https://localhost").bytes, as: UTF8.self)
        for match in text.matches(of: /"\$ref":"#\/components\/(\w+)\/(\w+)"/) {
            #expect(member(document, "components", String(match.1), String(match.2)) != nil, "\(match.0)")
        }
        #expect(text.contains(#""openapi":"3.1.0""#))
    }

    @Test func `what must have an Idempotency-Key says so`() {
        for operation in Operation.allCases where operation.contract.needsKey {
            #expect(operation.contract.method == .post)
        }
        #expect(Operation.createNote.contract.needsKey && Operation.createUser.contract.needsKey)
    }

    private struct Row: Sendable {
        var form: JSONSchema.TextForm
        var parse: @Sendable (String) -> Bool
        var samples: [String]
    }

    /// What only the validator can say, such as a day that a month does not have, is left out of the samples.
    private static let rows: [Row] = [
        Row(
            form: .id, parse: { UUIDText.normalized($0) != nil },
            samples: [
                "00000000-0000-4000-8000-0000000000AA", "00000000-0000-4000-8000-0000000000a", "x",
                "000000000-000-4000-8000-0000000000aa", "",
            ]),
        Row(
            form: .day, parse: { CalendarDate($0) != nil },
            samples: [
                "2026-11-23", "1899-12-31", "2199-12-31", "2200-01-01", "2026-13-01", "2026-1-1", "2026-11-23 ",
            ]),
        Row(
            form: .moment, parse: { Moment.parse($0) != nil },
            samples: [
                "2026-11-23", "2026-11-23T14:20:00Z", "2026-11-23T14:20:00.123456+14:59", "2026-11-23T24:00:00Z",
                "2026-11-23T14:20:00", "2026-11-23T14:20:00.1234567Z", "2026-11-23T14:20:00+15:00", "infinity",
            ]),
        Row(
            form: .tag, parse: { Tag.parse($0) != nil },
            samples: ["medication", "a", "A", "", "a b", String(repeating: "a", count: 33), "é"]),
        Row(
            form: .email, parse: { EmailAddress($0) != nil },
            samples: ["A@b.c", "a.b@c", "a..b@c", "@b", "a@", "a@-b", "a@b-", "a b@c", "a@b..c", "é@b.c"]),
        Row(
            form: .nhsNumber, parse: { NHSNumber.parse($0) != nil },
            samples: ["9434765919", "943 476 5919", "943476591", "94347659190", "x434765919", " 9434765919"]),
    ]

    @Test func `the patterns say what the validators take`() throws {
        for row in Self.rows {
            let pattern = try NSRegularExpression(pattern: try #require(row.form.pattern))
            for sample in row.samples {
                let range = NSRange(sample.startIndex..., in: sample)
                let isWhole = pattern.firstMatch(in: sample, range: range)?.range == range
                let fits = row.form.lengths?.contains(sample.unicodeScalars.count) ?? true
                #expect((isWhole && fits) == row.parse(sample), "\(sample)")
            }
        }
    }
}
