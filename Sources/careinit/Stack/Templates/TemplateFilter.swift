import EnvSchema

/// How a value is written in the language of the file that it stands in.
enum TemplateFilter: Sendable, Equatable {
    case splice(Splice)
    /// A block that the planner itself wrote in the language of the file.
    case block

    init?(name: String) {
        if name == "block" {
            self = .block
        } else if let splice = Splice(rawValue: name) {
            self = .splice(splice)
        } else {
            return nil
        }
    }

    /// The value as it is written, read back and found to be the same; nil where the place cannot carry it.
    func apply(_ value: String) -> String? {
        switch self {
        case .splice(let splice): splice.write(value)
        case .block: value
        }
    }
}
