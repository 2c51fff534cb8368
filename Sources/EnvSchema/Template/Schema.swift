/// What a `.env` file may and must hold: the template, understood.
package struct Schema: Sendable {
    package private(set) var sections: [Section]
    package private(set) var rules: [Rule]
    package private(set) var retired: [RetiredName]
    /// What the template wants of other tools, which run or fetch something for it: careinit does not.
    package private(set) var unsupported: [TemplateProblem]
    /// The variable that names the kind of installation (`@currentEnv`), such as APP_ENV; nil where none does.
    package private(set) var environmentName: String?
    private var byName: [String: Variable]
    /// The variables whose default is made of others, each after those that it names.
    let computed: [Variable]

    /// In the order of the template.
    package var variables: [Variable] { sections.flatMap(\.variables) }

    package subscript(name: String) -> Variable? { byName[name] }

    /// Reads a template: `@env-spec` decorators (<https://varlock.dev/env-spec/overview/>) and `# careinit:` notes.
    package init(template: EnvDocument) throws(TemplateError) {
        var builder = SchemaBuilder(template)
        builder.build()
        let fatal = builder.problemsInOrder.filter { $0.code != .notSupported }
        guard fatal.isEmpty else { throw TemplateError(problems: fatal) }
        self.init(
            sections: builder.sections.filter { !$0.variables.isEmpty }, rules: builder.rules,
            retired: builder.retired, unsupported: builder.problemsInOrder,
            environmentName: builder.environmentName)
    }

    private init(
        sections: [Section], rules: [Rule], retired: [RetiredName], unsupported: [TemplateProblem],
        environmentName: String?
    ) {
        self.environmentName = environmentName
        self.sections = sections
        self.rules = rules
        self.retired = retired
        self.unsupported = unsupported
        let variables = sections.flatMap(\.variables)
        byName = Dictionary(variables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        computed = EvaluationOrder.of(variables).order
    }

    /// Only the variables that the consumer reads, and the rules whose variables all remain.
    package func restricted(to consumer: String) -> Schema {
        let sections = sections.compactMap { section -> Section? in
            let variables = section.variables.filter { $0.consumers.contains(consumer) }
            return variables.isEmpty ? nil : Section(title: section.title, variables: variables)
        }
        let names = Set(sections.flatMap(\.variables).map(\.name))
        return Schema(
            sections: sections, rules: rules.filter { names.isSuperset(of: $0.variables) }, retired: retired,
            unsupported: unsupported, environmentName: environmentName.flatMap { names.contains($0) ? $0 : nil })
    }

    package struct Section: Sendable, Hashable {
        package var title: String
        package var variables: [Variable]
    }
}
