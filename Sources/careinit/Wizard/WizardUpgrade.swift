/// What the template asks for anew since the `.env` was last written.
struct WizardUpgrade: Sendable, Equatable {
    /// Variables that were not there.
    var added: [String] = []
    /// Variables that mean something else now, and what has changed, for people.
    var changed: [String: String] = [:]
    /// Variables of the file that nothing reads any more.
    var retired: [Retired] = []

    struct Retired: Sendable, Equatable {
        var name: String
        /// Such as `APP_ENV took its place`; empty where the template does not say.
        var reason: String
    }

    /// Those that are asked for again.
    var names: Set<String> { Set(added).union(changed.keys) }
    var isEmpty: Bool { added.isEmpty && changed.isEmpty && retired.isEmpty }
}
