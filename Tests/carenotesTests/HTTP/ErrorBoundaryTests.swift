import Testing

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

struct ErrorBoundaryTests {
    /// An error that nobody foresaw, and that says what must not get out.
    private struct Surprise: Error { var text = "Canary" }

    private let log: ScratchLog
    private let boundary: ErrorBoundary

    init() throws {
        log = try ScratchLog()
        boundary = ErrorBoundary(logger: log.logger)
    }

    private func reply(_ work: () throws -> Reply, deadline: Deadline = Deadline(in: .seconds(60))) -> Reply {
        boundary.reply(to: Request(method: .get, route: .notes, id: "r-1", deadline: deadline), work)
    }

    @Test func `what nobody foresaw is a 500 without a word of it, logged and counted once`() {
        let reply = reply { throw Surprise() }
        #expect(reply.status == .internalServerError && reply.code == "internal-error")
        #expect(reply.text("request_id") == "r-1" && !reply.text.contains("Canary"))
        #expect(boundary.defects == 1 && log.lines.count == 1)
        #expect(log.text.contains("unexpected Surprise") && log.text.contains("r-1"))
        #expect(!log.text.contains("Canary"))
    }

    @Test(arguments: [
        (AppError.records(.noSuchRecord), Status.notFound, 0), (.account(.noSuchUser), .notFound, 0),
        (.records(.unavailable(retryAfterSeconds: 5)), .serviceUnavailable, 0),
        (.records(.internalFailure), .internalServerError, 1), (.records(.unreadable), .internalServerError, 1),
        (.account(.records(.internalFailure)), .internalServerError, 1), (.timedOut, .serviceUnavailable, 0),
        (.refused(Problem(.badRequest, .invalidField, "x")), .badRequest, 0),
    ])
    func `each error has its status, and only ours are counted`(error: AppError, status: Status, defects: Int) {
        let reply = reply { throw error }
        #expect(reply.status == status && reply.contentType == Problem.contentType)
        #expect(boundary.defects == defects && log.lines.count == defects)
    }

    @Test func `a typed error keeps its problem on the way through`() {
        #expect(reply { throw RecordsError.onLegalHold }.code == "legal-hold")
        #expect(reply { throw AccountError.lastAdmin }.code == "last-admin")
        #expect(reply { throw Problem(.conflict, .emailTaken, "x") }.code == "email-taken")
    }

    @Test func `a request that is too old is not begun, and one whose deadline ended its calls says so`() {
        let old = reply({ .empty }, deadline: Deadline(in: .zero))
        #expect(old.status == .serviceUnavailable && old.code == "request-timeout")
        #expect(old.header("Retry-After") == "1")
        let given = reply(
            {
                usleep(20_000)
                throw RecordsError.unavailable(retryAfterSeconds: 5)
            }, deadline: Deadline(in: .milliseconds(10)))
        #expect(given.code == "request-timeout" && boundary.defects == 0)
    }

    @Test func `the deadline is known to whatever works below, and to nobody afterwards`() {
        let deadline = Deadline(in: .seconds(1))
        var seen: Deadline?
        _ = reply(
            {
                seen = Deadline(in: .seconds(60)).withinRequest
                return .empty
            }, deadline: deadline)
        #expect(seen == deadline && RequestDeadline.current == nil)
    }
}
