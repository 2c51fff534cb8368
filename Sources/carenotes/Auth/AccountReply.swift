/// Runs what is to be done about accounts, and counts how it ended.
enum AccountReply {
    static func answering(
        _ requestID: String, _ logger: Logger, _ counters: AccountCounters, as event: AccountCounters.Event? = nil,
        _ body: @escaping @Sendable () throws(AccountError) -> Reply
    ) -> Dispatcher.Work {
        { () throws(AccountError) -> Reply in
            do throws(AccountError) {
                let reply = try body()
                if let event { counters.add(event) }
                return reply
            } catch {
                if let event = AccountCounters.Event(error) { counters.add(event) }
                // Who it was about, the log does not say.
                if case .sessionOver(wasReused: true) = error {
                    logger.log(
                        .warn, "a refresh token was used again: its session is ended",
                        [("request_id", .text(requestID))])
                }
                throw error
            }
        }
    }
}
