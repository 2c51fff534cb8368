/// Runs what is to be done about accounts, counts how it ended, and makes a reply of that.
enum AccountReply {
    static func answering(
        _ requestID: String, _ logger: Logger, _ counters: AccountCounters, as event: AccountCounters.Event? = nil,
        _ body: @escaping @Sendable () throws(AccountError) -> Reply
    ) -> @Sendable () -> Reply {
        {
            do throws(AccountError) {
                let reply = try body()
                if let event { counters.add(event) }
                return reply
            } catch {
                if let event = AccountCounters.Event(error) { counters.add(event) }
                log(error, requestID, logger)
                return Problem(error).reply(requestID: requestID)
            }
        }
    }

    /// What an operator should see; who it was about, the log does not say.
    private static func log(_ error: AccountError, _ requestID: String, _ logger: Logger) {
        switch error {
        case .sessionOver(wasReused: true):
            logger.log(
                .warn, "a refresh token was used again: its session is ended", [("request_id", .text(requestID))])
        case .records(.internalFailure):
            logger.log(.error, "accounts", [("reason", .text("\(error)")), ("request_id", .text(requestID))])
        default: break
        }
    }
}
