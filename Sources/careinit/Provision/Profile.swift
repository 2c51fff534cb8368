/// What a new installation is for; chooses among the template's values.
enum Profile: String, Sendable, CaseIterable {
    /// This machine only: the template's `local=` values, so that nothing need be answered.
    case local
    /// Real residents: the template's own values.
    case production
}
