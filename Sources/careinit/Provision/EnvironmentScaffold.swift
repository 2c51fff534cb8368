import EnvSchema

/// A new `.env` as people read it: the template's sections, explanations and values, without its annotations for
/// programs and without sections that hold no variable.
enum EnvironmentScaffold {
    private static let header = """
        # The settings of one carenotes stack, written by careinit. It holds secrets: keep it to yourself.
        #
        #   careinit check .env     finds every mistake in it
        #   careinit wizard         goes through it with you
        #   careinit up             starts the stack with it

        """

    static func document(from template: EnvDocument) -> EnvDocument {
        let lines = String(decoding: template.bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let assigned = Set(template.assignments.map(\.position.line))
        var result: [String] = header.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for section in sections(of: lines) where section.contains(where: { assigned.contains($0 + 1) }) {
            for line in section where !isAnnotation(lines[line]) {
                if lines[line].isEmpty, result.last?.isEmpty ?? true { continue }
                result.append(lines[line])
            }
        }
        while result.last?.isEmpty == true { result.removeLast() }
        return EnvDocument(parsing: Array((result.joined(separator: "\n") + "\n").utf8))
    }

    /// The lines of each section; one starts at a divider that is followed by a title and another divider. What stands
    /// before the first is one of its own, kept when it holds a variable.
    private static func sections(of lines: [String]) -> [Range<Int>] {
        let starts = lines.indices.filter { index in
            isDivider(lines[index]) && index + 2 < lines.count && isDivider(lines[index + 2])
        }
        return zip([0] + starts, starts + [lines.count]).map { $0..<$1 }
    }

    private static func isDivider(_ line: String) -> Bool { line.hasPrefix("# ====") }
    private static func isAnnotation(_ line: String) -> Bool {
        line.hasPrefix("# @") || line.hasPrefix("# careinit:")
    }
}
