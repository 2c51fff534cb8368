/// What has changed in the template since the `.env` was written, in plain English.
enum UpgradeWording {
    /// Empty where nothing has.
    static func lines(for upgrade: TemplateUpgrade) -> [String] {
        guard !upgrade.isEmpty else { return [] }
        return ["The template has changed since the file was written:"]
            + upgrade.new.map { "  new: \($0)  (careinit explain \($0))" }
            + upgrade.changed.map { "  changed: \($0.name): \($0.differences.joined(separator: "; "))" }
            + upgrade.retired.map { "  retired: \($0.name): \(reason($0))" }
    }

    /// Why nothing reads it, or what to use in its place.
    static func reason(_ retired: TemplateUpgrade.Retired) -> String {
        if let replacement = retired.replacement { return "use \(replacement) instead" }
        return retired.reason ?? "nothing reads it any more"
    }
}
