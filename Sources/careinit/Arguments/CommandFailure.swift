/// Why a command ends without having done what it was asked: what, where, why, and how to fix it.
///
/// Never holds the value of a secret.
struct CommandFailure: Error, Equatable {
    var exitCode: ExitCode
    /// One sentence without a full stop, such as `.env is a directory`.
    var what: String
    /// The file, place or service, such as `.env:42`.
    var place: String?
    var why: String?
    /// The edit or the command that mends it.
    var fix: String?

    init(_ exitCode: ExitCode, _ what: String, place: String? = nil, why: String? = nil, fix: String? = nil) {
        self.exitCode = exitCode
        self.what = what
        self.place = place
        self.why = why
        self.fix = fix
    }
}
