/// What several readers of the same `.env` file read differently.
package struct DialectComparison: Sendable {
    private let dialects: [Dialect]
    private let schema: Schema

    package init(_ dialects: [Dialect], schema: Schema) {
        self.dialects = dialects
        self.schema = schema
    }

    /// One finding for each reader that refuses the file, and for each variable that two of them read differently.
    package func findings(in document: EnvDocument) -> [Finding] {
        let readings = dialects.map { ($0, $0.read(document.bytes)) }
        let refused = readings.compactMap { dialect, reading in
            reading.failure.map { finding($0, of: dialect, in: document) }
        }
        let readable = readings.filter { $0.1.failure == nil }
        return (refused + names(in: readable.map(\.1)).compactMap { difference($0, readable, document) }).inOrder()
    }

    private func finding(
        _ failure: DialectReading.Failure, of dialect: Dialect, in document: EnvDocument
    ) -> Finding {
        let code: FindingCode = failure.reason == .refused ? .refusedByReader : .runByReader
        return Finding(
            code, at: document.position(of: failure.offset), context: .init(expected: dialect.rawValue))
    }

    /// Every proper name that any of them knows, in the order of the file.
    private func names(in readings: [DialectReading]) -> [String] {
        var places: [String: Int] = [:]
        for entry in readings.flatMap(\.entries) where Self.isName(entry.name) {
            places[entry.name] = min(places[entry.name] ?? .max, entry.range.lowerBound)
        }
        return places.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    }

    private static func isName(_ name: String) -> Bool {
        name.utf8.first?.startsName == true && name.utf8.allSatisfy(\.continuesName)
    }

    private func difference(
        _ name: String, _ readings: [(Dialect, DialectReading)], _ document: EnvDocument
    ) -> Finding? {
        let values = readings.map { ($0.0, $0.1[name]) }
        guard let first = values.first?.1, values.allSatisfy({ $0.1 == first }), first != .dependsOnExecution
        else {
            return values.isEmpty ? nil : finding(name, values, document)
        }
        return nil
    }

    private func finding(
        _ name: String, _ values: [(Dialect, DialectReading.Value?)], _ document: EnvDocument
    ) -> Finding {
        var groups: [(value: DialectReading.Value?, readers: [String])] = []
        for (dialect, value) in values {
            if let index = groups.firstIndex(where: { $0.value == value }) {
                groups[index].readers.append(dialect.rawValue)
            } else {
                groups.append((value, [dialect.rawValue]))
            }
        }
        let isShown = values.allSatisfy { _, value in
            if case .text(let text)? = value { schema.mayShow(text, of: name) } else { schema[name] != nil }
        }
        let entry = document.assignment(of: name)
        return Finding(
            .readDifferently, variable: VariableName.showable(name),
            at: entry?.valuePosition ?? document.end,
            context: .init(
                suggestion: entry.flatMap { spelling(of: $0, isShown: isShown) },
                readings: groups.map { .init(readers: $0.readers, text: text(of: $0.value, isShown: isShown)) }))
    }

    private func text(of value: DialectReading.Value?, isShown: Bool) -> String {
        switch value {
        case nil: "nothing"
        case .some(.none): "no value"
        case .dependsOnExecution: "what only running the file would tell"
        case .text("")?: "an empty value"
        case .text(let text)? where isShown: "“\(PrintableText.make(text, width: 120))”"
        case .text(let text)?: "a value of \(text.unicodeScalars.count) characters"
        }
    }

    /// How the value can be written so that each of the readers reads just that; nil where there is no such way.
    private func spelling(of assignment: Assignment, isShown: Bool) -> String? {
        let value = assignment.value
        let bytes = Array(value.utf8)
        let ways: [(name: String, text: [UInt8])] = [
            ("without quotes", bytes), ("in single quotes", Quoting.quoted(bytes, ASCII.singleQuote)),
            ("in double quotes", Quoting.quoted(bytes, ASCII.doubleQuote)),
            ("in double quotes, with a backslash before \\, \" and $", Quoting.write(value)),
        ]
        let way = ways.first { way in
            dialects.allSatisfy { $0.read(Array("A=".utf8) + way.text + [ASCII.lineFeed])["A"] == .text(value) }
        }
        guard let way else { return nil }
        guard isShown, !value.utf8.contains(where: \.isControl) else { return "write NAME=value \(way.name)" }
        return "write \(assignment.name)=\(way.text.text)"
    }
}
