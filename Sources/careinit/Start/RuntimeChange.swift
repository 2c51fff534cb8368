/// A stack stays with the runtime that it was first started with: the other would start a second one, without its data.
enum RuntimeChange {
    /// What is to carry the stack out.
    ///
    /// - Parameters:
    ///   - wanted: What was asked for; nil: as it was started last.
    ///   - project: Whose stack it is.
    /// - Returns: The same as was asked for, or what the stack was started with.
    /// - Throws: exit code 78 where the stack runs, or has data, under another.
    static func require(_ wanted: RuntimeKind?, of project: Project) throws(CommandFailure) -> RuntimeKind {
        let present = project.runtimeKind
        guard let wanted, wanted != present else { return present }
        let runtime = present.runtime(project)
        guard runtime.isUp || runtime.hasData else { return wanted }
        throw CommandFailure(
            .configuration, "This stack was started with --runtime \(present.rawValue)",
            place: project.environmentFile,
            why: runtime.hasData
                ? "its notes are there, and a stack under \(wanted.rawValue) would not have them"
                : "it still runs",
            fix: "careinit up, without --runtime; or make another stack, in a folder and with a .env of its own")
    }
}
