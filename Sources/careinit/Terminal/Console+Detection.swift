import CSystem

#if canImport(Glibc)
    import Glibc
#endif

extension Console {
    /// What the terminals and the environment of this process allow. The only place that looks at ACCESSIBLE,
    /// NO_COLOR, TERM and CI.
    static func detect(noColour: Bool, noInput: Bool, isQuiet: Bool, isVerbose: Bool) -> Console {
        let errorIsTerminal = isatty(STDERR_FILENO) == 1
        let mayColour = !noColour && !isSet("NO_COLOR") && isSet("TERM") && variable("TERM") != "dumb"
        let console = Console(
            usesColour: errorIsTerminal && mayColour,
            isInteractive: errorIsTerminal && isatty(STDIN_FILENO) == 1 && !noInput && !isSet("CI"),
            isQuiet: isQuiet, isVerbose: isVerbose)
        return isSet("ACCESSIBLE") ? console.plain() : console
    }

    /// The columns of the terminal at the descriptor; 80 where it is none or does not say.
    static func width(of descriptor: Int32 = STDERR_FILENO) -> Int {
        var size = winsize()
        guard csystem_ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// The value of an environment variable of careinit itself.
    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    private static func isSet(_ name: String) -> Bool { !(variable(name) ?? "").isEmpty }
}
