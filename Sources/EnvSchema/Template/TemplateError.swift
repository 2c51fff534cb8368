/// What is wrong with a template; all of it.
package struct TemplateError: Error, Equatable {
    package var problems: [TemplateProblem]
}

package struct TemplateProblem: Sendable, Hashable {
    package var code: Code
    package var position: SourcePosition
    /// The word it is about.
    package var subject: String

    package enum Code: String, Sendable, CaseIterable {
        case syntax
        case unknownDecorator = "unknown-decorator"
        case malformedDecorator = "malformed-decorator"
        case unknownType = "unknown-type"
        case unknownOption = "unknown-option"
        case badArgument = "bad-argument"
        case unknownNote = "unknown-note"
        case unknownVariable = "unknown-variable"
        case duplicateVariable = "duplicate-variable"
        case invalidDefault = "invalid-default"
        case cyclicReference = "cyclic-reference"
        /// Another tool would run or fetch something for it; the rest of the template still counts.
        case notSupported = "not-supported"
    }

    /// Before its place is known.
    struct Note: Hashable {
        var code: Code
        var subject: String
        var offset: Int

        init(_ code: Code, _ subject: String, _ offset: Int) {
            self.code = code
            self.subject = subject
            self.offset = offset
        }
    }

    /// What is wrong, in one sentence without a full stop.
    package var reason: String {
        switch code {
        case .syntax: "this line cannot be read (\(subject))"
        case .unknownDecorator: "@\(subject) is no decorator of @env-spec"
        case .malformedDecorator: "the decorator “\(subject)” cannot be read"
        case .unknownType: "“\(subject)” is no type that careinit knows"
        case .unknownOption: "the type has no option “\(subject)”"
        case .badArgument: "“\(subject)” is not what may stand here"
        case .unknownNote: "“\(subject)” is no note that careinit knows"
        case .unknownVariable: "no variable of this template is called \(subject)"
        case .duplicateVariable: "\(subject) stands in this template twice"
        case .invalidDefault: "the value of \(subject) does not fit its own type"
        case .cyclicReference: "the value of \(subject) depends on itself"
        case .notSupported: "\(subject) is not supported: careinit runs and fetches nothing for a template"
        }
    }
}
