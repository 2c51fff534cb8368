import Testing

@testable import careinit

/// The template language: `TextTemplate`, `TemplateParser`, `TemplateRenderer` and `TemplateFilter`.
@Suite("Templates")
struct TemplateEngineTests {
    struct Rendering: Sendable, CustomTestStringConvertible {
        var source: String
        var values: TemplateScope
        var expected: String
        var testDescription: String { source.debugDescription }
    }

    static let renderings: [Rendering] = [
        Rendering(source: "a {{x}} b\n", values: ["x": "1"], expected: "a 1 b\n"),
        Rendering(source: "{{x|json}}", values: ["x": "a \"b\" \\ \n\u{1}"], expected: #""a \"b\" \\ \n\u0001""#),
        Rendering(source: "{{x|sql}} {{x|identifier}}", values: ["x": "a'b\"c"], expected: #"'a''b"c' "a'b""c""#),
        Rendering(source: "{{x|nginx}};", values: ["x": "/a b/\"c\""], expected: #""/a b/\"c\"";"#),
        Rendering(source: "{{x|word}}", values: ["x": "it's $0"], expected: #"'it'\''s $0'"#),
        Rendering(source: "\\{{ $labels.x }} {{x}}", values: ["x": "1"], expected: "{{ $labels.x }} 1"),
        Rendering(source: "a\n{{#if x}}\nb\n{{/if}}\nc\n", values: ["x": true], expected: "a\nb\nc\n"),
        Rendering(
            source: "a\n{{#if x}}\nb\n{{else}}\nd\n{{/if}}\nc\n", values: ["x": false], expected: "a\nd\nc\n"),
        Rendering(
            source: "a\n  {{#unless x}}\n  b\n  {{/unless}}\nc", values: ["x": false], expected: "a\n  b\nc"),
        Rendering(source: "a{{#if x}}b{{/if}}c", values: ["x": true], expected: "abc"),
        Rendering(
            source: "{{#each l}}\n- {{n}}{{o}}\n{{/each}}\n",
            values: ["l": .list([["n": "1"], ["n": "2"]]), "o": "x"], expected: "- 1x\n- 2x\n"),
        Rendering(
            source: "{{#each l}}{{#each m}}{{n}}{{/each}};{{/each}}",
            values: ["l": .list([["m": .list([["n": "1"], ["n": "2"]])], ["m": .list([])]])], expected: "12;;"),
    ]

    @Test("Values stand in their places", arguments: renderings)
    func rendering(_ row: Rendering) throws {
        let template = try TextTemplate(name: "t", source: row.source)
        #expect(try template.render(row.values) == row.expected)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var source: String
        var values: TemplateScope
        var code: TemplateFault.Code
        var line: Int?
        var testDescription: String { "\(source.debugDescription) → \(code)" }
    }

    static let refusals: [Refusal] = [
        Refusal(source: "\n{{x}}", values: [:], code: .unknownName, line: 2),
        Refusal(source: "", values: ["x": "1"], code: .unusedValue),
        Refusal(source: "{{#if x}}{{y}}{{/if}}", values: ["x": false], code: .unknownName, line: 1),
        Refusal(source: "{{#each l}}a{{/each}}", values: ["l": .list([["n": "1"]])], code: .unusedValue, line: 1),
        Refusal(source: "{{x}}", values: ["x": true], code: .wrongKind, line: 1),
        Refusal(source: "{{#if x}}{{/if}}", values: ["x": "1"], code: .wrongKind, line: 1),
        Refusal(source: "a {{x", values: [:], code: .unclosedTag, line: 1),
        Refusal(source: "{{x y}}", values: [:], code: .unknownTag, line: 1),
        Refusal(source: "{{#for x}}{{/for}}", values: [:], code: .unknownTag, line: 1),
        Refusal(source: "{{x|html}}", values: ["x": "1"], code: .unknownFilter, line: 1),
        Refusal(source: "{{#if x}}", values: ["x": true], code: .unmatchedSection, line: 1),
        Refusal(source: "{{#if x}}{{/each}}", values: ["x": true], code: .unmatchedSection, line: 1),
        Refusal(source: "a\n{{else}}", values: [:], code: .unmatchedSection, line: 2),
        Refusal(source: "{{x}}", values: ["x": "a b"], code: .refusedCharacter, line: 1),
        Refusal(source: "{{x}}", values: ["x": ""], code: .refusedCharacter, line: 1),
        Refusal(source: "{{x|nginx}}", values: ["x": "$host"], code: .refusedCharacter, line: 1),
        Refusal(source: "{{x|ini}}", values: ["x": "100%"], code: .refusedCharacter, line: 1),
        Refusal(source: "{{x|command}}", values: ["x": "%(here)s"], code: .refusedCharacter, line: 1),
        Refusal(source: "{{x|sql}}", values: ["x": "a\nb"], code: .refusedCharacter, line: 1),
    ]

    @Test("What does not fit is refused, with its line", arguments: refusals)
    func refusal(_ row: Refusal) throws {
        do throws(TemplateFault) {
            let text = try TextTemplate(name: "t", source: row.source).render(row.values)
            Issue.record("rendered \(text)")
        } catch {
            #expect(error.code == row.code)
            #expect(error.line == row.line)
            #expect(!error.reason.isEmpty)
        }
    }
}
