#if canImport(Glibc)
    import Glibc
#endif

extension Subprocess {
    /// Becomes the program: its standard streams, terminal and exit code are this process' own from then on (execve(2)).
    /// `input`, limits and `timeout` are for programs that are waited for, and are not looked at.
    ///
    /// - Returns: Never where that worked.
    /// - Throws: `notFound`, or `notStarted` with the reason.
    func replaceThisProcess() throws(Failure) -> Never {
        let arguments = effectiveArguments
        guard let program = arguments.first, let path = Self.find(program) else {
            throw .notFound(arguments.first ?? "")
        }
        if let directory, chdir(directory) != 0 { throw .notStarted(.last("chdir", directory)) }
        // What this process ignores, its successor would ignore without knowing.
        signal(SIGPIPE, SIG_DFL)
        signal(SIGXFSZ, SIG_DFL)
        let code = withCStrings(arguments) { argv in
            withCStrings(environment.map { "\($0.key)=\($0.value)" }.sorted()) { envp in
                execve(path, argv, envp)
                return errno
            }
        }
        throw .notStarted(SystemError(call: "execve", subject: path, code: code))
    }
}
