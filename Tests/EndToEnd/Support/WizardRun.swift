#if canImport(Glibc)
    import Glibc
#endif

/// A wizard at a terminal, question by question.
struct WizardRun {
    let terminal: PseudoTerminal
    let process: RunningProcess
    /// Whether the terminal cannot edit lines: then only secrets are read key by key.
    var isPlain = false

    /// Bracketed paste is switched on where keys are read and escape sequences understood, and by nothing else.
    private static let ready = "\u{1B}[?2004h"
    private static let reviewQuestions = ["Write the file?", "Write the changes?", "Name of a variable"]

    static func asksForReview(_ question: String) -> Bool { reviewQuestions.contains(where: question.hasPrefix) }

    /// Takes every proposal up to the review, and waits for its question.
    ///
    /// - Returns: How many questions there were.
    @discardableResult
    func acceptEverything() throws -> Int {
        var count = 0
        while count < Self.limit {
            let question = try nextQuestion()
            if Self.asksForReview(question) { return count }
            count += 1
            terminal.send("\r")
        }
        throw HarnessError("the questions do not end")
    }

    /// Takes that many proposals, and waits for the question after them.
    func accept(_ number: Int) throws {
        for _ in 0..<number {
            _ = try nextQuestion()
            terminal.send("\r")
        }
        _ = try nextQuestion()
    }

    /// Takes proposals until that variable is asked for.
    func reach(_ name: String) throws {
        while true {
            let question = try nextQuestion()
            if question.hasPrefix("\(name):") || question.hasPrefix("\(name) ") { return }
            guard !Self.asksForReview(question) else {
                throw HarnessError("\(name) was never asked for")
            }
            terminal.send("\r")
        }
    }

    /// Presses Ctrl-C until it is heard: at a machine's speed, one can come before the keys are read.
    func interrupt() throws -> Outcome {
        for _ in 0..<20 {
            terminal.send("\u{3}")
            if let outcome = try? process.outcome(within: .seconds(1)) { return outcome }
        }
        return try process.outcome(within: .zero)
    }

    /// Waits for the last question, of the review or about starting, and answers it.
    func finish(start: Bool = false, _ answer: String = "y") throws {
        terminal.send("\(answer)\r")
        guard answer == "y" else { return }
        let question = try nextQuestion()
        guard question.hasPrefix("Start the stack now?") else { throw HarnessError("asked instead: \(question)") }
        terminal.send(start ? "y\r" : "n\r")
    }

    /// Waits until the line at the end of the screen is a question whose keys are read: until then the terminal itself
    /// would edit what is typed.
    ///
    /// - Returns: That line, without escape sequences.
    @discardableResult
    func nextQuestion() throws -> String {
        try terminal.expectLastLine { line in
            let text = line.replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
            guard text.contains(/^([A-Z]|1 (or|to) |1, 2 or 3)[^:]*(\([^)]*\))?: ?/) else { return nil }
            if readsKeys(text), !(isPlain || line.contains(Self.ready)) || terminal.settings.editsLines {
                return nil
            }
            return text
        }
    }

    private func readsKeys(_ question: String) -> Bool {
        !isPlain || question.contains(/^[A-Z_]*(PASSWORD|PASS|SECRET|KEY)[ :]/)
    }
}
