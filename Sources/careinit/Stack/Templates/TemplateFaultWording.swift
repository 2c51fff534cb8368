extension TemplateFault {
    /// The fault in words.
    var reason: String {
        switch code {
        case .missingFile: "there is no template of that name"
        case .notText: "the template is not UTF-8"
        case .unclosedTag: "the tag {{\(subject) is not closed on its line"
        case .unknownTag: "{{\(subject)}} is no tag"
        case .unknownFilter: "{{\(subject)}} names no filter"
        case .unmatchedSection: "the section {{\(subject)}} is not matched"
        case .unknownName: "there is no value named \(subject)"
        case .wrongKind: "the value \(subject) is of another kind"
        case .unusedValue: "the value \(subject) is used nowhere"
        case .refusedCharacter: "the value of \(subject) holds a character that this file cannot carry"
        }
    }

    var failure: CommandFailure {
        CommandFailure(
            .invalidData, "The template \(template) cannot be rendered",
            place: line.map { "\(template):\($0)" } ?? template, why: reason,
            fix: code == .refusedCharacter
                ? "use a value, or a folder, without quotes, backslashes, $, %, ; and # in its name"
                : "unset CAREINIT_TEMPLATES to use the templates that careinit brings along")
    }
}
