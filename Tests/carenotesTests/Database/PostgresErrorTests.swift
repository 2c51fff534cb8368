import Testing

@testable import carenotes

struct PostgresErrorTests {
    @Test(arguments: ["08006", "08003", "57P01", "57P02", "57P03", "25006"])
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
}
