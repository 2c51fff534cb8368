#if canImport(Glibc)
    import Glibc
#endif

/// A real terminal emulator, tmux, with a wizard in it that sees no network but its own loopback.
///
/// Its server has a socket of its own in the folder, and ends with its owner.
final class ScreenTerminal {
    private let folder: ScratchFolder
    private let socket: String
    private let columns: Int

    init(columns: Int, folder: ScratchFolder, _ arguments: [String]) throws {
        (self.folder, self.columns) = (folder, columns)
        socket = folder["tmux"]
        let script = "ip link set lo up; \"$@\"; echo \"ended with $?\"; exec sleep 600"
        let words = ["unshare", "-rn", "sh", "-c", script, "sh", Programs.careinit] + arguments
        try tmux(
            ["-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "24", "-c", folder.path, "--"]
                + ["env", "TERM=screen"] + words)
    }

    deinit { _ = try? tmux(["kill-server"]) }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        let outcome = try run(["tmux", "-S", socket] + arguments, in: folder.path)
        guard outcome.code == 0 else { throw HarnessError("tmux: \(outcome)") }
        return outcome.output
    }

    /// Types the text, and Enter.
    func answer(_ text: String) throws {
        if !text.isEmpty { try tmux(["send-keys", "C-u"]) }
        if !text.isEmpty { try tmux(["send-keys", "-l", "--", text]) }
        try tmux(["send-keys", "Enter"])
    }

    /// Everything that was shown, as it stands on the screen and above it.
    func capture() throws -> String {
        let lines = try tmux(["capture-pane", "-p", "-S", "-"]).split(
            separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { $0.replacing(/\ +$/, with: "") }
        return text.prefix((text.lastIndex { !$0.isEmpty } ?? -1) + 1).joined(separator: "\n")
    }

    /// Waits until the last line is the question; the line may be broken where the window ends.
    func wait(for question: String) throws {
        try eventually("the question \(question)", within: .seconds(30)) { () -> Bool? in
            let lines = try capture().split(separator: "\n").suffix(3)
            return lines.joined().hasSuffix(question) || lines.last?.hasPrefix(question) == true ? true : nil
        }
    }
}
