#if canImport(Glibc)
    import Glibc
#endif

/// A terminal that can only append: the proposal stands in brackets, and the kernel edits the line.
final class PlainTerminal: WizardTerminal {
    var width: Int { Console.width() }

    func show(_ text: String) { Console.write(text + "\n", to: STDERR_FILENO) }

    func read(_ prompt: Prompt) -> Reply {
        let proposal = prompt.proposal.map { $0.isEmpty || prompt.isSecret ? "" : " [\($0)]" } ?? ""
        Console.write("\(prompt.label)\(proposal): ", to: STDERR_FILENO)
        return prompt.isSecret ? SecretReader().read() : readLine()
    }

    private func readLine() -> Reply {
        var bytes: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR {
                if TerminalGuard.takeInterrupt() { return .interrupted }
                continue
            }
            if count <= 0 { return .endOfInput }
            if byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
        }
        let line = String(decoding: bytes, as: UTF8.self)
        return line.isEmpty ? .accepted : .line(line)
    }
}
