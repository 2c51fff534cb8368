import EnvSchema

/// What Tab can make of the beginning of a value.
enum ValueCompletion: Sendable, Equatable {
    case nothing
    case words([String])
    /// Files and folders; relative paths start in the folder.
    case path(folder: String)
    case timeZone

    /// What the variable's type knows of its values. Nothing of a secret.
    init(variable: Variable, folder: String) {
        if variable.isSecret {
            self = .nothing
            return
        }
        switch variable.type {
        case .enumeration(let words): self = .words(words)
        case .boolean: self = .words(["true", "false"])
        case .path, .absolutePath: self = .path(folder: folder)
        case .timeZone: self = .timeZone
        default: self = .nothing
        }
    }

    /// What a value that begins like this may become: whole, or up to the next `/`. `names` tells what is in a folder, and
    /// nothing where it cannot be read.
    func candidates(
        for typed: String, names: (_ folder: String) -> [(name: String, isFolder: Bool)]
    ) -> [String] {
        switch self {
        case .nothing: []
        case .words(let words): words.filter { $0.hasPrefix(ignoringCase: typed) }
        case .path(let folder): Self.paths(for: typed, in: folder, names: names)
        case .timeZone: Self.zones(for: typed)
        }
    }

    /// What to list where nothing is left to complete: for a word that is complete, the others too.
    func list(_ candidates: [String], for typed: String) -> [String] {
        switch self {
        case .nothing: []
        case .words(let words): candidates == [typed] ? words : candidates
        case .path, .timeZone: candidates.map(\.lastComponent)
        }
    }

    /// What was typed, as far as all candidates agree on how it goes on.
    static func complete(_ typed: String, to candidates: [String]) -> String {
        guard let first = candidates.first else { return typed }
        let common = candidates.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        return common.hasPrefix(ignoringCase: typed) ? common : typed
    }

    private static func paths(
        for typed: String, in folder: String, names: (String) -> [(name: String, isFolder: Bool)]
    ) -> [String] {
        let base = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
        let stem = String(typed.dropFirst(base.count))
        return names(base.hasPrefix("/") ? base : "\(folder)/\(base)")
            .filter { entry in
                // Hidden files are for those who ask for them; a name with control characters is no value.
                entry.name.hasPrefix(stem) && (stem.hasPrefix(".") || !entry.name.hasPrefix("."))
                    && entry.name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
            }
            .map { base + $0.name + ($0.isFolder ? "/" : "") }.sorted()
    }

    /// There are 600 of them: region by region.
    private static func zones(for typed: String) -> [String] {
        var found: [String] = []
        for name in TimeZoneNames.list where name.hasPrefix(ignoringCase: typed) {
            let rest = name.dropFirst(typed.count)
            let part = rest.firstIndex(of: "/").map { String(name[...$0]) } ?? name
            if found.last != part { found.append(part) }
        }
        return found
    }
}

extension String {
    fileprivate func hasPrefix(ignoringCase prefix: String) -> Bool {
        hasPrefix(prefix) || lowercased().hasPrefix(prefix.lowercased())
    }

    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }

    /// The part after the last `/` that has something behind it.
    fileprivate var lastComponent: String {
        guard let slash = dropLast().lastIndex(of: "/") else { return self }
        return String(self[index(after: slash)...])
    }
}
