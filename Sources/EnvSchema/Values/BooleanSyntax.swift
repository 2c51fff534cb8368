/// The words that `@env-spec` takes for true and false.
package enum BooleanSyntax {
    package static func parse(_ text: String) -> Bool? {
        switch text.utf8.map(\.lowercased).text {
        case "true", "t", "yes", "on", "1": true
        case "false", "f", "no", "off", "0": false
        default: nil
        }
    }
}
