/// One thing that installing or removing the unit changes on the machine.
struct ServiceChange: Sendable, Equatable {
    enum Action: Sendable, Equatable {
        case write([UInt8], mode: UInt32)
        case remove
        case run([String], timeout: Int)
        /// The user that the replicas run as.
        case makeAccount
    }

    /// The file, or what is made.
    var subject: String
    var action: Action
    /// For people.
    var meaning: String

    /// Such as `run     systemctl daemon-reload          read the units again`.
    var line: String {
        switch action {
        case .write: "  write   \(subject): \(meaning)"
        case .remove: "  remove  \(subject): \(meaning)"
        case .run(let words, _): "  run     \(words.map(ShellWord.quoted).joined(separator: " ")): \(meaning)"
        case .makeAccount: "  make    \(subject): \(meaning)"
        }
    }
}
