import Testing

/// Looks for secrets where none may stand.
struct SecretCanary {
    var values: [String]

    /// The files below a folder that hold one, as paths in it, whatever else they are.
    func holders(below folder: String) throws -> [String] {
        // The values come over standard input: a command line is for everybody to see.
        let outcome = try run(
            ["grep", "-r", "-l", "-a", "-F", "-f", "-", "."], in: folder,
            input: values.joined(separator: "\n") + "\n")
        return outcome.output.split(separator: "\n").map { String($0.dropFirst(2)) }.sorted()
    }

    func expectUnseen(in places: [(place: String, text: String)]) {
        for (place, text) in places where values.contains(where: text.contains) {
            Issue.record("a secret stands in \(place)")
        }
    }
}
