extension ExitCode {
    /// What the code tells a script, for `careinit help exit-codes`.
    var meaning: String {
        switch self {
        case .success: "Done; nothing was found wrong."
        case .failure: "Something did not work, or check found something."
        case .usage: "The command line is wrong."
        case .invalidData: "A .env, template or answers file is wrong, or answers are missing."
        case .missingInput: "A file that was named does not exist or cannot be read."
        case .unavailable: "A service did not answer."
        case .cannotCreate: "A file could not be written."
        case .locked: "Another careinit is at work on the same stack."
        case .notPermitted: "You may not do this, or others may read what only you should."
        case .configuration: "A configuration was refused by the program that reads it."
        case .noProgram: "exec: there is no such program where the service runs."
        case .interrupted: "Ended by Ctrl-C (SIGINT)."
        case .terminated: "Ended by SIGTERM."
        }
    }
}
