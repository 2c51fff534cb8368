/// The edits that would mend a file, before it is known which of them keep what its readers read.
struct EditProposals {
    let document: EnvDocument
    let schema: Schema

    /// What is written otherwise and means the same to Docker Compose.
    var spelling: [FileEdit] {
        [byteOrderMark, lineEnds].compactMap(\.self) + assignmentEdits + duplicates
    }

    private var bytes: [UInt8] { document.bytes }

    private func edit(_ code: FindingCode, _ name: String? = nil, at offset: Int, _ patches: [FileEdit.Patch])
        -> FileEdit
    {
        FileEdit(
            code: code, variable: name.flatMap { VariableName.showable($0) },
            line: document.position(of: offset).line, patches: patches)
    }

    private var byteOrderMark: FileEdit? {
        guard document.items.first?.kind == .byteOrderMark else { return nil }
        // All of several, so that none is left over.
        var end = 3
        while bytes[end...].starts(with: [0xEF, 0xBB, 0xBF]) { end += 3 }
        return edit(.byteOrderMark, at: 0, [.init(range: 0..<end, bytes: [])])
    }

    private var lineEnds: FileEdit? {
        guard let first = document.tree.lines.carriageReturn else { return nil }
        var patches: [FileEdit.Patch] = []
        var start = 0
        // All of several before a line feed, so that none is left over.
        while let carriage = bytes[start...].firstIndex(of: ASCII.carriageReturn) {
            let end = bytes[carriage...].firstIndex { $0 != ASCII.carriageReturn } ?? bytes.count
            let isLineEnd = end < bytes.count && bytes[end] == ASCII.lineFeed
            if isLineEnd { patches.append(.init(range: carriage..<end, bytes: [])) }
            start = end
        }
        return edit(.carriageReturns, at: first, patches)
    }

    /// The colon for an equals sign, and the value that looks like a comment.
    private var assignmentEdits: [FileEdit] {
        let codes = Set(document.problems.map(\.code))
        guard codes.contains(.colonSeparator) || codes.contains(.commentAsValue) else { return [] }
        return document.assignments.flatMap { assignment -> [FileEdit] in
            let written = assignment.valueRange
            let between = assignment.nameRange.upperBound..<written.lowerBound
            var edits: [FileEdit] = []
            if let colon = bytes[between].firstIndex(of: ASCII.colon), !bytes[between].contains(ASCII.equals) {
                let patch = FileEdit.Patch(range: colon..<(colon + 1), bytes: [ASCII.equals])
                edits.append(edit(.colonSeparator, assignment.name, at: colon, [patch]))
            }
            if bytes[written].first == ASCII.hash, !assignment.hasProblem {
                let patch = FileEdit.Patch(range: written, bytes: Quoting.write(assignment.value))
                edits.append(edit(.commentAsValue, assignment.name, at: written.lowerBound, [patch]))
            }
            return edits
        }
    }

    /// Each assignment that a later one makes void, as a comment: nothing of it is lost.
    private var duplicates: [FileEdit] {
        var isVoid = Set<Int>()
        for assignment in document.assignments {
            if let previous = assignment.previous { isVoid.insert(previous.index) }
        }
        guard !isVoid.isEmpty else { return [] }
        return document.items.compactMap { item in
            guard case .assignment(let index) = item.kind, isVoid.contains(index) else { return nil }
            let name = document.assignments[index].name
            return edit(.duplicateName, name, at: item.range.lowerBound, comment(item.range))
        }
    }

    /// `# ` before each line.
    private func comment(_ range: Range<Int>) -> [FileEdit.Patch] {
        let sign = Array("# ".utf8)
        var starts = [range.lowerBound]
        for offset in range.dropLast() where bytes[offset] == ASCII.lineFeed { starts.append(offset + 1) }
        return starts.map { .init(range: $0..<$0, bytes: sign) }
    }

    // MARK: What is missing

    /// The variables of the template that the file does not have, each with its help, at the end.
    var additions: [FileEdit] {
        // A lone CR at the end would become a line's end with what follows it.
        guard bytes.last != ASCII.carriageReturn else { return [] }
        return schema.variables.filter { isMissing($0) }.enumerated().map { number, variable in
            let line = document.end.line + number
            let patch = FileEdit.Patch(
                range: bytes.count..<bytes.count, bytes: text(of: variable, isFirst: number == 0))
            return FileEdit(code: .missingRequired, variable: variable.name, line: line, patches: [patch])
        }
    }

    private func isMissing(_ variable: Variable) -> Bool {
        document.assignment(of: variable.name) == nil && variable.deprecation == nil
            && variable.defaultFormula == nil
    }

    private func text(of variable: Variable, isFirst: Bool) -> [UInt8] {
        let needsEnd = isFirst && bytes.last.map { $0 != ASCII.lineFeed } ?? false
        let help = variable.help.split(separator: "\n", omittingEmptySubsequences: true).map { "# \($0)\n" }
        let value = variable.isSecret ? "" : variable.defaultValue ?? ""
        let isAtStart = isFirst && bytes.isEmpty
        let head = (needsEnd ? "\n" : "") + (isAtStart ? "" : "\n") + help.joined() + "\(variable.name)="
        return Array(head.utf8) + Quoting.write(value) + [ASCII.lineFeed]
    }
}
