import Secrets
import Testing

@testable import carenotes

struct PageCursorTests {
    static let cursor = PageCursor(
        createdAt: "2026-11-23T14:20:00.123456Z", id: "00000000-0000-4000-8000-0000000000aa")

    @Test func `reads what it wrote`() {
        #expect(PageCursor(text: Self.cursor.text) == Self.cursor)
        #expect(Self.cursor.text.utf8.allSatisfy { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "+") })
    }

    @Test(
        arguments: [
            "", "2026-11-23T14:20:00.123456Z", "-infinity00000000-0000-4000-8000-0000000000aa",
            "2026-11-23 14:20:00.123456Z00000000-0000-4000-8000-0000000000aa",
            "2026-11-23T14:20:00.123456Z00000000-0000-4000-8000-0000000000AA",
            "2026-11-23T14:20:00.123456Z00000000-0000-4000-8000-0000000000aa'",
        ])
    func `refuses what has another shape`(text: String) {
        #expect(PageCursor(text: Base64URL.encode(Array(text.utf8))) == nil)
    }

    @Test func `refuses what is not base64url`() { #expect(PageCursor(text: Self.cursor.text + "=") == nil) }
}
