import Testing

@testable import carenotes

struct ResidentPageTests {
    private func page(_ rows: [Resident], limit: Int = 50) -> Page<Resident> {
        Page(rows, limit: limit) { PageCursor(createdAt: $0.createdAt, id: $0.id) }
    }

    private let plain = Resident(
        id: "00000000-0000-4000-8000-0000000000aa", organisationID: PostgresTests.organisation,
        createdAt: "2026-11-23T14:20:05.000001Z", updatedAt: "2026-11-24T14:20:05.000001Z")

    @Test func `a page comes back as it was, line feeds and all`() {
        var full = plain
        full.details = ResidentDetails(
            givenName: "A\nda \"\u{1F600}\\", familyName: "Byr\u{0}on", dateOfBirth: "1935-12-10",
            nhsNumber: "9434765919")
        full.room = "4\nb"
        full.status = .died
        full.careEndedOn = "2026-01-01"
        full.isOnLegalHold = true
        full.destroyedAt = "2026-11-25T00:00:00.000000Z"
        for page in [page([]), page([plain]), page([plain, full, plain], limit: 2)] {
            #expect(Page(lines: page.lines) == page)
        }
    }

    @Test func `what is none is nil, and random changes of one never stop it`() {
        for text in ["", "{}", "{\"next\":1}", "{\"next\":null}\n", "{\"next\":null}\n{}", "x"] {
            #expect(Page<Resident>(lines: Array(text.utf8)) == nil, "\(text)")
        }
        let bytes = page([plain, plain]).lines
        for _ in 0..<3000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4) {
                changed[Int.random(in: 0..<bytes.count)] = UInt8.random(in: 0...255)
            }
            changed.removeLast(Int.random(in: 0...2))
            if let page = Page<Resident>(lines: changed) { #expect(page.rows.count <= 3) }
        }
    }
}

struct ListVersionTests {
    @Test func `versions come back from Redis as they were, and no two are the same`() throws {
        let floor = LogPosition(bytes: 0x1_0000_00AB)
        let versions = try [
            #require(ListVersion.makeChanging()), #require(ListVersion.makeChanging()),
            #require(ListVersion.makeStanding(floor: floor)), #require(ListVersion.makeStanding(floor: floor)),
        ]
        #expect(Set(versions.map(\.text)).count == 4)
        for version in versions { #expect(ListVersion(Array(version.text.utf8)) == version) }
    }

    @Test(arguments: [
        "", "changing", "changing x", "standing", "standing 0123456789abcdef0123456789abcdef",
        "standing 0123456789abcdef0123456789abcdef 0", "changing 0123456789abcdef0123456789abcdef 0/0",
        "other 0123456789abcdef0123456789abcdef", "changing  0123456789abcdef0123456789abcde",
    ])
    func `anything else is no version`(text: String) { #expect(ListVersion(Array(text.utf8)) == nil) }

    @Test func `random bytes never stop it`() {
        for _ in 0..<3000 {
            let bytes = (0..<Int.random(in: 0...60)).map { _ in UInt8.random(in: 0...255) }
            #expect(ListVersion(bytes) == nil)
        }
    }
}
