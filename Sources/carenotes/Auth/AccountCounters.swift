/// What is counted of logins and sessions, for whoever watches for guessers.
final class AccountCounters: Sendable {
    enum Event: Int, Sendable, CaseIterable {
        case loggedIn
        case wrongCredentials
        case tooManyAttempts
        case busy
        case refreshed
        case tokenReused

        /// The label in metrics.
        var name: String {
            switch self {
            case .loggedIn: "logged_in"
            case .wrongCredentials: "wrong_credentials"
            case .tooManyAttempts: "too_many_attempts"
            case .busy: "busy"
            case .refreshed: "refreshed"
            case .tokenReused: "token_reused"
            }
        }

        init?(_ error: AccountError) {
            switch error {
            case .wrongCredentials: self = .wrongCredentials
            case .tooManyAttempts: self = .tooManyAttempts
            case .busy: self = .busy
            case .sessionOver(wasReused: true): self = .tokenReused
            default: return nil
            }
        }
    }

    private let counts = CounterTable(count: Event.allCases.count)

    func add(_ event: Event) { counts.add(at: event.rawValue) }

    func count(_ event: Event) -> UInt64 { counts[event.rawValue] }
}
