/// The words that `@env-spec` takes for true and false, whatever the case of their letters.
package enum BooleanSyntax {
    private static let truths = ["true", "t", "yes", "on", "1"]
    private static let untruths = ["false", "f", "no", "off", "0"]

    package static var words: [String] { truths + untruths }

    package static func parse(_ text: String) -> Bool? {
        let word = text.utf8.map(\.lowercased).text
        return truths.contains(word) ? true : untruths.contains(word) ? false : nil
    }
}
