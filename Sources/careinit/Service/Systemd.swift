#if canImport(Glibc)
    import Glibc
#endif

/// What is asked of systemd, by its own programs.
struct Systemd: Sendable {
    /// Empty, or the folder that is some other machine's `/`.
    var root = ""

    /// Whether systemd is this machine's first process (sd_booted(3)). Under `--root` it is not asked for anything that runs.
    var isRunning: Bool { root.isEmpty && FileSystem.isFolder("/run/systemd/system") }

    /// argv of systemctl(1).
    func command(_ words: String...) -> [String] {
        ["systemctl"] + (isRunning ? [] : ["--root=\(root.isEmpty ? "/" : root)"]) + words
    }

    /// Runs one of these commands.
    ///
    /// - Throws: exit code 69 where there is no such program, 1 with what it said where it failed.
    func run(
        _ command: [String], timeout: Duration = .seconds(60),
        fix: String = "run it by hand, and look at what it says"
    ) throws(CommandFailure) {
        let output: Subprocess.Output
        do { output = try Subprocess(arguments: command, timeout: timeout).run() } catch {
            throw CommandFailure(
                .unavailable, "\(command[0]) cannot be run", why: "this machine has no systemd",
                fix: "apt-get install systemd, or let your machine's own init run: careinit up")
        }
        guard !output.succeeded else { return }
        throw CommandFailure(
            .failure, "\(command.joined(separator: " ")) failed", why: output.errorText.trimmedLines,
            fix: fix)
    }

    /// Lets systemd read a unit before it is installed.
    ///
    /// - Throws: exit code 78 with what systemd-analyze(1) found.
    func verify(_ unit: [UInt8], name: String) throws(CommandFailure) {
        let folder = try TemporaryFolder.make("unit")
        let file = "\(folder)/\(name)"
        defer {
            unlink(file)
            rmdir(folder)
        }
        try OutputFile.write(unit, to: file, mode: 0o644)
        do { try run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", file]) } catch {
            guard error.exitCode == .failure else { throw error }
            throw CommandFailure(
                .configuration, "systemd refuses the unit", place: name, why: error.why,
                fix: "unset CAREINIT_TEMPLATES to use the template that careinit brings along")
        }
    }
}

extension String {
    /// The last lines, for a message.
    fileprivate var trimmedLines: String { split(separator: "\n").suffix(8).joined(separator: "\n") }
}
