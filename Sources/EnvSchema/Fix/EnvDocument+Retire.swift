extension EnvDocument {
    /// Takes out every assignment of the name, and leaves comments and all the rest as they are.
    ///
    /// - Returns: false, and nothing changed, where another value refers to it and would become another one.
    @discardableResult
    package mutating func drop(_ name: String) -> Bool {
        let patches = ranges(of: name).map { FileEdit.Patch(range: $0, bytes: []) }
        return apply(patches, besides: [name])
    }

    /// Gives the value of one variable to another name, where it stands.
    ///
    /// An earlier assignment of the old name, which counted for nothing, goes; so do all where the new name is set already: it
    /// keeps its value.
    ///
    /// - Returns: false, and nothing changed, where another value would become another one.
    @discardableResult
    package mutating func rename(_ name: String, to replacement: String) -> Bool {
        guard assignment(of: replacement) == nil, let last = assignment(of: name) else { return drop(name) }
        var patches = ranges(of: name).filter { !$0.overlaps(last.nameRange) }.map {
            FileEdit.Patch(range: $0, bytes: [])
        }
        patches.append(.init(range: last.nameRange, bytes: Array(replacement.utf8)))
        var edited = self
        guard edited.apply(patches, besides: [name, replacement]), edited.value(of: replacement) == last.value
        else {
            return false
        }
        self = edited
        return true
    }

    /// The lines of each assignment of the name.
    private func ranges(of name: String) -> [Range<Int>] {
        items.compactMap { item in
            guard case .assignment(let index) = item.kind, assignments[index].name == name else { return nil }
            return item.range
        }
    }

    private mutating func apply(_ patches: [FileEdit.Patch], besides names: Set<String>) -> Bool {
        guard !patches.isEmpty else { return true }
        let edit = FileEdit(code: .retiredName, variable: nil, line: 1, patches: patches)
        var edited = self
        edited.splice(FileEdit.apply([edit], to: bytes), into: 0..<bytes.count)
        guard edited.readings(besides: names) == readings(besides: names) else { return false }
        self = edited
        return true
    }

    private func readings(besides names: Set<String>) -> [String: String] {
        let pairs = assignments.filter { !names.contains($0.name) }.map { ($0.name, $0.value) }
        return Dictionary(pairs, uniquingKeysWith: { _, last in last })
    }
}
