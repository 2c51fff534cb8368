/// What a client takes for an answer (RFC 9110 §12.5.1).
enum AcceptField {
    /// Whether the client takes JSON, in one way or another; a field that cannot be read takes anything.
    static func takesJSON(_ fields: [String]) -> Bool {
        let ranges = ranges(fields)
        guard !ranges.isEmpty else { return true }
        // The most specific range of those that name JSON decides (§12.5.1).
        let best = ranges.filter(\.isJSON).max { $0.specificity < $1.specificity }
        return best.map { !$0.isExcluded } ?? false
    }

    /// Whether the client asks for JSON Lines, by that name.
    static func takesLines(_ fields: [String]) -> Bool {
        ranges(fields).contains { $0.type == Reply.lines && !$0.isExcluded }
    }

    private static func ranges(_ fields: [String]) -> [Range] {
        fields.flatMap { $0.split(separator: ",") }.compactMap { Range(String($0)) }
    }

    private struct Range {
        var type: String
        var isExcluded: Bool

        /// Nil for what is no media range.
        init?(_ text: String) {
            let parts = text.split(separator: ";").map {
                String($0.filter { $0 != " " && $0 != "\t" }).lowercased()
            }
            guard let type = parts.first, type.split(separator: "/").count == 2 else { return nil }
            self.type = type
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2)
            isExcluded = quality.map { !$0.isEmpty && $0.allSatisfy { $0 == "0" || $0 == "." } } ?? false
        }

        var specificity: Int { type == "*/*" ? 0 : type == "application/*" ? 1 : 2 }
        var isJSON: Bool {
            ["*/*", "application/*", Reply.json, Problem.contentType].contains(type)
        }
    }
}
