/// What `careinit env restore BACKUP` did.
struct RestorationReport: Encodable {
    var schema = 1
    var command = "env restore"
    /// `restored`; `unchanged`: the file is the same already; `planned`: what `--dry-run` found; `declined`: the answer was no.
    var outcome: Outcome
    var environmentFile: String
    /// The backup that was named.
    var backup: String
    /// How many variables have another value in it.
    var differing: Int
    /// Their names, as far as they may be shown.
    var variables: [String]
    /// Where the file as it was is kept.
    var kept: String?

    enum Outcome: String, Encodable { case restored, unchanged, planned, declined }
}

extension RestorationReport {
    init(_ outcome: Outcome, _ restoration: BackupRestoration, kept: String? = nil) {
        let difference = restoration.difference
        self.init(
            outcome: outcome, environmentFile: restoration.project.environmentFile,
            backup: restoration.contents.backup.path, differing: difference.count, variables: difference.names,
            kept: kept)
    }

    /// For people.
    var lines: [String] {
        switch outcome {
        case .restored:
            let kept = kept.map { ["The file as it was is \($0)."] } ?? []
            return ["Restored \(environmentFile) from \(backup)."] + kept
                + ["careinit up applies it to a stack that runs."]
        case .unchanged: return ["\(environmentFile) is the same already."]
        case .planned: return ["Would restore \(environmentFile) from \(backup)."]
        case .declined: return ["Nothing was changed."]
        }
    }
}
