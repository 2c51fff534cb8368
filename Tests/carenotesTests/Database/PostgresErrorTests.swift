import Testing

@testable import carenotes

struct PostgresErrorTests {
    @Test(arguments: [
        "08000", "08001", "08003", "08004", "08006", "08007", "08P01", "57P01", "57P02", "57P03", "25006",
    ])
    func `a server that leaves is left, with all its sessions`(state: String) {
        let error = PostgresError.server(state: state, message: "")
        #expect(error.isRetryable && error.condemnsServer && error.isUnavailability)
    }

    @Test(arguments: ["40001", "40P01", "55P03", "53300"])
    func `a conflict is tried again on the same server`(state: String) {
        let error = PostgresError.server(state: state, message: "")
        #expect(error.isRetryable && !error.condemnsServer)
    }

    @Test(arguments: ["23505", "23514", "22P02", "42601", "57014", "0A000"])
    func `what another attempt would meet again is not tried again`(state: String) {
        let error = PostgresError.server(state: state, message: "")
        #expect(!error.isRetryable && !error.condemnsServer && !error.isUnavailability)
    }

    @Test func `waiting in vain for a connection is no reason to try again`() {
        #expect(!PostgresError.poolExhausted.isRetryable && PostgresError.poolExhausted.isUnavailability)
    }

    @Test(arguments: [
        PostgresError.notConnected(""), .lost(""), .deadlineExceeded, .outcomeUnknown,
        .server(state: "57P01", message: ""), .server(state: "25006", message: ""),
    ])
    func `a circuit counts that a server is away, or says too little`(error: PostgresError) {
        #expect(error.verdict == .isAway && error.isRetryable)
    }

    @Test(arguments: ["23505", "23503", "23514", "23502", "22P02", "22007", "40001", "40P01", "55P03", "42501"])
    func `a circuit takes a broken constraint, bad input and a conflict for the answer that they are`(
        state: String
    ) {
        #expect(PostgresError.server(state: state, message: "").verdict == .stands)
    }

    @Test(arguments: [PostgresError.server(state: "57014", message: ""), .poolExhausted, .poolClosed])
    func `a circuit learns nothing from what was cancelled, or never reached a server`(error: PostgresError) {
        #expect(error.verdict == PostgresError.Verdict.none)
    }
}
