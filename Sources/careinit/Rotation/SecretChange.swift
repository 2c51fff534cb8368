/// One variable of a rotation, or one of the stack's own secrets.
struct SecretChange: Equatable {
    var name: String
    /// Which it gets.
    var value: String
    /// Which it may have had.
    var other: String
    /// Or a name that goes with one.
    var isSecret = true

    func mayReplace(_ present: String) -> Bool { present == value || present == other }

    func conflict(in file: String) -> CommandFailure {
        CommandFailure(
            .invalidData, "\(name) was changed by somebody else meanwhile", place: file,
            why: "it is neither the old nor the new one",
            fix: "put the old value back, then careinit rotate-secrets --resume, or --rollback")
    }
}
