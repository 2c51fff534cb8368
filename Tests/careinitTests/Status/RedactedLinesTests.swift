import Secrets
import Synchronization
import Testing

@testable import careinit

struct RedactedLinesTests {
    private final class Shown: Sendable {
        let text = Mutex("")
    }

    @Test func `a secret that comes in pieces is hidden, and every other byte is passed on`() {
        let text = "one s3cret-one\ntwo\n\nthree s3cret-one"
        for size in 1...text.utf8.count {
            let shown = Shown()
            let lines = RedactedLines(Redactor([SecretBytes("s3cret-one")])) { bytes in
                shown.text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
            }
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                lines.take(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            lines.end()
            #expect(shown.text.withLock { $0 } == "one <secret>\ntwo\n\nthree <secret>")
        }
    }
}
