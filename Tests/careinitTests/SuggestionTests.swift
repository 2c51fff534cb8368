import Testing

@testable import careinit

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("abc", "abc", 0), ("abc", "acb", 1), ("check", "chekc", 1),
        ("kitten", "sitting", 3), ("logs", "log", 1),
    ])
    func `counts the edits between two words`(_ left: String, _ right: String, _ distance: Int) {
        #expect(Suggestion.distance(left, right) == distance)
        #expect(Suggestion.distance(right, left) == distance)
    }

    @Test func `offers nothing where nothing is near`() {
        #expect(Suggestion.nearest(to: "frobnicate", among: ["check", "up"]) == nil)
        #expect(Suggestion.nearest(to: "pu", among: ["check", "up"]) == "up")
        #expect(Suggestion.nearest(to: "x", among: []) == nil)
    }
}
