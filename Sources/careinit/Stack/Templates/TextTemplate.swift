/// A file of `templates/` with places for values: `{{name}}`, `{{name|filter}}`, `{{#if name}}…{{else}}…{{/if}}`,
/// `{{#unless name}}…{{/unless}}` and `{{#each name}}…{{/each}}`; `\{{` stands for two braces.
///
/// It is strict: a name without a value, a value without a place, and a value that its place cannot carry are errors.
/// A line that holds nothing but a section's tag leaves no line behind.
struct TextTemplate: Sendable {
    /// Where the template comes from, for messages.
    let name: String
    let nodes: [Node]

    indirect enum Node: Sendable, Equatable {
        case text(String)
        case value(name: String, filter: TemplateFilter, line: Int)
        case condition(name: String, line: Int, then: [Node], otherwise: [Node])
        case list(name: String, line: Int, body: [Node])
    }

    init(name: String, source: String) throws(TemplateFault) {
        self.name = name
        var parser = TemplateParser(template: name, source: source)
        nodes = try parser.parse()
    }
}

/// What a template may name.
enum TemplateValue: Sendable, Equatable {
    case text(String)
    case flag(Bool)
    case list([TemplateScope])
}

typealias TemplateScope = [String: TemplateValue]

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    static func number(_ value: some BinaryInteger) -> Self { .text(String(value)) }
}

/// Why a template cannot be read or rendered. Never holds a value.
struct TemplateFault: Error, Equatable {
    enum Code: String, Sendable {
        case missingFile, notText, unclosedTag, unknownTag, unknownFilter, unmatchedSection, unknownName,
            wrongKind,
            unusedValue, refusedCharacter
    }

    var code: Code
    var template: String
    var line: Int?
    /// The name, tag or filter at fault.
    var subject: String
}
