extension ValueType {
    /// Whether the text, which is not empty, is a value of this type.
    package func accepts(_ text: String) -> Bool {
        switch self {
        case .string: true
        case .url(let rule): rule.accepts(text)
        case .origin: AddressSyntax.web(text).map { $0.isSecure && $0.rest.isEmpty } ?? false
        case .port(let min, let max): Self.isWithin(NumberSyntax.integer(text), min, max)
        case .boolean: BooleanSyntax.parse(text) != nil
        case .enumeration(let values): values.contains(text)
        case .email: AddressSyntax.isEmail(text)
        case .number(let rule): rule.accepts(text)
        case .ip(let version):
            version != 6 && HostSyntax.isIPv4(text) || version != 4 && HostSyntax.isIPv6(text)
        case .duration(let min, let max): Self.isWithin(DurationSyntax.parse(text), min, max)
        case .domain(let rule): rule.accepts(text)
        case .semanticVersion: IdentifierSyntax.isVersion(text)
        case .date: DateSyntax.isDate(text)
        case .uuid: IdentifierSyntax.isUUID(text)
        case .md5: text.utf8.count == 32 && text.utf8.allSatisfy(\.isHexadecimal)
        case .array(let rule): rule.accepts(text)
        case .record(let rule): rule.accepts(text)
        default: acceptsAdded(text)
        }
    }

    /// Of the types that are careinit's own.
    private func acceptsAdded(_ text: String) -> Bool {
        switch self {
        case .path: !text.utf8.contains { $0.isControl || "\"';{}$\\`".utf8.contains($0) }
        case .absolutePath: text.hasPrefix("/") && !text.utf8.contains(where: \.isControl)
        case .hostname: HostSyntax.isHostname(text)
        case .hostList: HostSyntax.isHostList(text)
        case .identifier: Self.isIdentifier(text)
        case .hexadecimal(let bytes): text.utf8.count == bytes * 2 && text.utf8.allSatisfy(\.isHexadecimal)
        case .base64(let bytes):
            EncodingSyntax.base64Length(text).map { length in bytes.map { $0 == length } ?? true } ?? false
        case .urlSafe: IdentifierSyntax.isURLSafe(text)
        case .size(let min, let max): Self.isWithin(SizeSyntax.parse(text), min, max)
        case .cron: CronSyntax.isSchedule(text)
        case .telephone: IdentifierSyntax.isTelephone(text)
        case .timeZone: TimeZoneNames.contains(text)
        case .currency: CountryCodes.isCurrency(text)
        case .locale: IdentifierSyntax.isLocale(text)
        case .pem: EncodingSyntax.isPEM(text)
        case .percentage(let min, let max): Self.isWithin(IdentifierSyntax.percentage(text), min, max)
        default: false
        }
    }

    /// Whether a value of this type may hold line feeds.
    var isMultiline: Bool {
        switch self {
        case .pem, .record, .array: true
        default: false
        }
    }

    private static func isWithin<Number: Comparable>(_ number: Number?, _ min: Number?, _ max: Number?) -> Bool {
        guard let number else { return false }
        return number >= min ?? number && number <= max ?? number
    }

    private static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLowercase || first == UInt8(ascii: "_") else { return false }
        return text.utf8.count <= 63
            && text.utf8.allSatisfy { $0.isLowercase || $0.isDigit || $0 == UInt8(ascii: "_") }
    }
}
