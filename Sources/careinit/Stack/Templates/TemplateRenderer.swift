extension TextTemplate {
    /// The text with every value in its place.
    ///
    /// - Throws: `TemplateFault` for a name without a value (also in a branch that is not taken), a value that no place
    ///   uses, and a value that its place cannot carry.
    func render(_ values: TemplateScope) throws(TemplateFault) -> String {
        try requireUse(of: values, in: nodes, line: nil)
        var result = ""
        try render(nodes, scopes: [values], into: &result)
        return result
    }

    private func render(
        _ nodes: [Node], scopes: [TemplateScope], into result: inout String
    ) throws(TemplateFault) {
        for node in nodes {
            switch node {
            case .text(let text): result += text
            case .value(let name, let filter, let line):
                guard case .text(let value) = try find(name, scopes, line) else {
                    throw fault(.wrongKind, line, name)
                }
                guard let written = filter.apply(value) else { throw fault(.refusedCharacter, line, name) }
                result += written
            case .condition(let name, let line, let then, let otherwise):
                guard case .flag(let flag) = try find(name, scopes, line) else {
                    throw fault(.wrongKind, line, name)
                }
                try requireNames(in: flag ? otherwise : then, scopes: scopes)
                try render(flag ? then : otherwise, scopes: scopes, into: &result)
            case .list(let name, let line, let body):
                guard case .list(let items) = try find(name, scopes, line) else {
                    throw fault(.wrongKind, line, name)
                }
                for item in items {
                    try requireUse(of: item, in: body, line: line)
                    try render(body, scopes: scopes + [item], into: &result)
                }
            }
        }
    }

    private func find(_ name: String, _ scopes: [TemplateScope], _ line: Int) throws(TemplateFault)
        -> TemplateValue
    {
        for scope in scopes.reversed() {
            if let value = scope[name] { return value }
        }
        throw fault(.unknownName, line, name)
    }

    /// The names of a branch that is not taken must have values all the same.
    private func requireNames(in nodes: [Node], scopes: [TemplateScope]) throws(TemplateFault) {
        for node in nodes {
            switch node {
            case .text: break
            case .value(let name, _, let line), .list(let name, let line, _): _ = try find(name, scopes, line)
            case .condition(let name, let line, let then, let otherwise):
                _ = try find(name, scopes, line)
                try requireNames(in: then + otherwise, scopes: scopes)
            }
        }
    }

    private func requireUse(of values: TemplateScope, in nodes: [Node], line: Int?) throws(TemplateFault) {
        let used = Self.names(in: nodes)
        if let name = values.keys.sorted().first(where: { !used.contains($0) }) {
            throw fault(.unusedValue, line, name)
        }
    }

    private static func names(in nodes: [Node]) -> Set<String> {
        nodes.reduce(into: []) { names, node in
            switch node {
            case .text: break
            case .value(let name, _, _): names.insert(name)
            case .condition(let name, _, let then, let otherwise):
                names.formUnion(Self.names(in: then + otherwise).union([name]))
            case .list(let name, _, let body): names.formUnion(Self.names(in: body).union([name]))
            }
        }
    }

    private func fault(_ code: TemplateFault.Code, _ line: Int?, _ subject: String) -> TemplateFault {
        TemplateFault(code: code, template: name, line: line, subject: subject)
    }
}
