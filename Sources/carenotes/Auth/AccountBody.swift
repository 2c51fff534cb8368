/// The members of a request's body, each read once and by name. What is wrong with one names it, and never quotes it.
struct AccountBody: Sendable {
    private let members: [String: JSONValue]

    static let longestPassword = 1024
    static let longestToken = 4096
    static let longestName = 200

    /// - Throws: 415 for another type, 400 for what is not one flat object of these members.
    init(_ request: Request, allowing names: Set<String>) throws(Problem) {
        let members = try BodyFields.members(of: request)
        let unknown = members.keys.filter { !names.contains($0) }.sorted()
        guard unknown.isEmpty else {
            throw Problem(
                .badRequest, .invalidField,
                "There are members other than \(names.sorted().joined(separator: ", ")).",
                fields: unknown.map { FieldFault($0, "is not taken here") })
        }
        self.members = members
    }

    /// A text of 1 to `longest` characters, none of them a control character.
    func text(_ name: String, upTo longest: Int) throws(Problem) -> String {
        guard let text = try optionalText(name, upTo: longest) else {
            throw Self.field(name, "is missing.")
        }
        return text
    }

    func optionalText(_ name: String, upTo longest: Int) throws(Problem) -> String? {
        guard let value = members[name] else { return nil }
        guard case .string(let text) = value, (1...longest).contains(text.unicodeScalars.count),
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else {
            throw Self.field(name, "must be a text of 1 to \(longest) characters without control characters.")
        }
        return text
    }

    func optionalFlag(_ name: String) throws(Problem) -> Bool? {
        guard let value = members[name] else { return nil }
        guard case .boolean(let flag) = value else { throw Self.field(name, "must be true or false.") }
        return flag
    }

    func email(_ name: String) throws(Problem) -> EmailAddress {
        guard let email = EmailAddress(try text(name, upTo: EmailAddress.longest)) else {
            throw Self.field(name, "must be an e-mail address such as carer@example.org.")
        }
        return email
    }

    /// As long as any that could be right; whether it is good enough to be a new one is another question.
    func password(_ name: String) throws(Problem) -> GivenPassword {
        GivenPassword(text: try text(name, upTo: Self.longestPassword))
    }

    func optionalPassword(_ name: String) throws(Problem) -> GivenPassword? {
        try optionalText(name, upTo: Self.longestPassword).map { GivenPassword(text: $0) }
    }

    func identifier(_ name: String) throws(Problem) -> String {
        guard let id = UUIDText.normalized(try text(name, upTo: 36)) else {
            throw Self.field(name, "must be a UUID.")
        }
        return id
    }

    func optionalRole(_ name: String) throws(Problem) -> Role? {
        guard let text = try optionalText(name, upTo: 20) else { return nil }
        guard let role = Role(rawValue: text) else {
            throw Self.field(name, "must be one of \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return role
    }

    static func field(_ name: String, _ detail: String) -> Problem {
        Problem(.badRequest, .invalidField, "\(name) \(detail)", fields: [FieldFault(name, detail)])
    }
}
