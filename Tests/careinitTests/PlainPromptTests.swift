import Testing

@testable import careinit

@Suite struct PlainPromptTests {
    private let mode = PlainPrompt(
        Prompt(label: "MODE", proposal: "one", completion: .words(["one", "two", "7"])))

    @Test func `words are numbered`() {
        #expect(mode.choices == ["  1) one", "  2) two", "  3) 7"])
        #expect(mode.label == "MODE (a number or a word) [one]: ")
    }

    @Test(arguments: [
        ("", Reply.accepted), ("1", .accepted), ("one", .accepted), ("2", .line("two")), (" 3 ", .line("7")),
        ("7", .line("7")), ("4", .line("4")), ("0", .line("0")), ("-1", .line("-1")), (":back", .line(":back")),
    ])
    func `a number answers with its word`(_ line: String, _ reply: Reply) {
        #expect(mode.reply(to: line) == reply)
    }

    @Test(arguments: [
        (Prompt(label: "A"), "A: "), (Prompt(label: "A", proposal: "b"), "A [b]: "),
        (Prompt(label: "A", proposal: ""), "A: "), (Prompt(label: "A", proposal: "b", isSecret: true), "A: "),
        (Prompt(label: "A", isSecret: true, completion: .words(["x"])), "A: "),
    ])
    func `the proposal stands in brackets, but never a secret`(_ prompt: Prompt, _ label: String) {
        #expect(PlainPrompt(prompt).label == label)
        #expect(PlainPrompt(prompt).choices.isEmpty)
    }
}
