/// The folder careinit works on: one `.env`, and the state beside it.
struct Project: Sendable, Equatable {
    /// The absolute path of the `.env`.
    var environmentFile: String
    /// The absolute path of the state folder: `.careinit` beside the `.env`, or a folder of its own elsewhere where the
    /// services' users could not reach that one.
    var stateDirectory: String

    var directory: String { environmentFile.parentPath }
}

extension String {
    /// Everything before the last slash: `/a/b` → `/a`, `/a` → `/`.
    var parentPath: String {
        guard let slash = lastIndex(of: "/") else { return "." }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}
