/// What careinit tells its caller when it ends (sysexits.h where a code exists there).
enum ExitCode: Int32, Sendable, CaseIterable {
    case success = 0
    /// Something did not work, or `check` found something.
    case failure = 1
    /// The command line is wrong.
    case usage = 64
    /// A `.env`, template or answers file is wrong.
    case invalidData = 65
    /// A file that was named does not exist or cannot be read.
    case missingInput = 66
    /// A service did not answer.
    case unavailable = 69
    /// A file could not be written.
    case cannotCreate = 73
    /// Another careinit is at work on the same stack.
    case locked = 75
    /// The user may not do this.
    case notPermitted = 77
    /// A configuration was refused by the program that reads it.
    case configuration = 78
    /// `exec` found no such program, or could not run it; shells give the same code.
    case noProgram = 127
    case interrupted = 130
    case terminated = 143
}
