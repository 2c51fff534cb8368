/// Reads the tags of a template.
struct TemplateParser {
    private let template: String
    private var rest: Substring
    private var line = 1
    /// The line of the last tag.
    private var tagLine = 1
    /// Whether only blanks stand between the start of this line and `rest`.
    private var isAtLineStart = true

    private enum Tag: Equatable {
        case value(String, TemplateFilter)
        case open(Section, String)
        case otherwise
        case close(Section)
    }

    private enum Section: String {
        case `if`
        case unless
        case each
    }

    init(template: String, source: String) {
        self.template = template
        rest = Substring(source)
    }

    mutating func parse() throws(TemplateFault) -> [TextTemplate.Node] {
        try parseBody(of: nil).nodes
    }

    /// The nodes up to the end of a section, and the tag that ended them.
    private mutating func parseBody(
        of section: Section?
    ) throws(TemplateFault) -> (nodes: [TextTemplate.Node], end: Tag?) {
        var nodes: [TextTemplate.Node] = []
        while let tag = try nextTag(into: &nodes) {
            switch tag {
            case .value(let name, let filter): nodes.append(.value(name: name, filter: filter, line: tagLine))
            case .open(let opened, let name): nodes.append(try parseSection(opened, name))
            case .otherwise:
                guard section == .if || section == .unless else { throw fault(.unmatchedSection, "else") }
                return (nodes, tag)
            case .close(let closed):
                guard closed == section else { throw fault(.unmatchedSection, "/\(closed.rawValue)") }
                return (nodes, tag)
            }
        }
        if let section { throw fault(.unmatchedSection, "#\(section.rawValue)") }
        return (nodes, nil)
    }

    private mutating func parseSection(_ section: Section, _ name: String) throws(TemplateFault)
        -> TextTemplate.Node
    {
        let start = tagLine
        let (body, end) = try parseBody(of: section)
        guard section != .each else { return .list(name: name, line: start, body: body) }
        var otherwise: [TextTemplate.Node] = []
        if end == .otherwise {
            let (nodes, close) = try parseBody(of: section)
            guard close == .close(section) else { throw fault(.unmatchedSection, "else") }
            otherwise = nodes
        }
        return section == .if
            ? .condition(name: name, line: start, then: body, otherwise: otherwise)
            : .condition(name: name, line: start, then: otherwise, otherwise: body)
    }

    /// Appends the text before the next tag, and returns that tag; nil at the end.
    private mutating func nextTag(into nodes: inout [TextTemplate.Node]) throws(TemplateFault) -> Tag? {
        var text = ""
        defer { if !text.isEmpty { nodes.append(.text(text)) } }
        while let character = rest.first {
            if rest.hasPrefix("\\{{") {
                text += "{{"
                rest = rest.dropFirst(3)
                isAtLineStart = false
            } else if rest.hasPrefix("{{") {
                let tag = try readTag()
                if case .value = tag { isAtLineStart = false } else { dropLine(after: &text) }
                return tag
            } else {
                rest = rest.dropFirst()
                text.append(character)
                if character == "\n" { line += 1 }
                isAtLineStart = character == "\n" || (isAtLineStart && character == " ")
            }
        }
        return nil
    }

    /// A section's tag that stands alone on its line takes the line with it.
    private mutating func dropLine(after text: inout String) {
        let after = rest.drop { $0 == " " }
        guard isAtLineStart, after.first == "\n" || after.isEmpty else {
            isAtLineStart = false
            return
        }
        while text.last == " " { text.removeLast() }
        rest = after.dropFirst()
        line += 1
    }

    private mutating func readTag() throws(TemplateFault) -> Tag {
        tagLine = line
        rest = rest.dropFirst(2)
        var content = ""
        while !rest.hasPrefix("}}") {
            guard let character = rest.first, character != "\n" else { throw fault(.unclosedTag, content) }
            content.append(character)
            rest = rest.dropFirst()
        }
        rest = rest.dropFirst(2)
        return try tag(content)
    }

    private func tag(_ content: String) throws(TemplateFault) -> Tag {
        if content == "else" { return .otherwise }
        if content.first == "/", let section = Section(rawValue: String(content.dropFirst())) {
            return .close(section)
        }
        if content.first == "#" {
            let words = content.dropFirst().split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 2, let section = Section(rawValue: String(words[0])), Self.isName(words[1]) else {
                throw fault(.unknownTag, content)
            }
            return .open(section, String(words[1]))
        }
        let parts = content.split(separator: "|", omittingEmptySubsequences: false)
        guard let name = parts.first, parts.count <= 2, Self.isName(name) else {
            throw fault(.unknownTag, content)
        }
        guard parts.count == 2 else { return .value(String(name), .splice(.plain)) }
        guard let filter = TemplateFilter(name: String(parts[1])) else { throw fault(.unknownFilter, content) }
        return .value(String(name), filter)
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.unicodeScalars.first, ("a"..."z").contains(first) else { return false }
        return text.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
        }
    }

    private func fault(_ code: TemplateFault.Code, _ subject: String) -> TemplateFault {
        TemplateFault(code: code, template: template, line: tagLine, subject: subject)
    }
}
