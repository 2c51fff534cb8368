import EnvSchema

// What variables must be to each other. The only place where the schema looks at requirements and rules.
extension ConfigurationSchema {
    var conditions: [JSONValue] {
        schema.variables.compactMap(requirement) + schema.rules.compactMap(rule)
    }

    private func requirement(_ variable: Variable) -> JSONValue? {
        switch variable.requirement {
        // `required` and `minLength` say it.
        case .never, .always: nil
        case .when(let formula): condition(formula).map { implies($0, isSet(variable.name)) }
        }
    }

    /// nil for what JSON Schema cannot say: what two variables are to each other.
    private func condition(_ formula: Formula) -> JSONValue? {
        switch formula {
        case .equal(.reference(let name), .text(let value)): equals(name, value)
        case .isEmpty(.reference(let name)): isEmpty(name)
        case .not(let part): condition(part).map { ["not": $0] }
        case .every(let parts): conditions(parts).map { ["allOf": .array($0)] }
        case .some(let parts): conditions(parts).map { ["anyOf": .array($0)] }
        case .reference(let name):
            ["allOf": [isSet(name), ["not": equals(name, "false")], ["not": equals(name, "0")]]]
        default: nil
        }
    }

    private func conditions(_ formulas: [Formula]) -> [JSONValue]? {
        let conditions = formulas.compactMap(condition)
        return conditions.count == formulas.count ? conditions : nil
    }

    /// nil for what JSON Schema cannot say: that two values are in order, or different.
    private func rule(_ rule: Rule) -> JSONValue? {
        switch rule.kind {
        case .lessThan, .atMost, .distinct: nil
        case .allOrNone(let names):
            ["anyOf": [["allOf": .array(names.map(isSet))], ["allOf": .array(names.map(isEmpty))]]]
        case .oneOf(let names): ["oneOf": .array(names.map(isSet))]
        case .requires(let first, let second): implies(isSet(first), isSet(second))
        case .implies(let first, let second):
            implies(equals(first.variable, first.value), equals(second.variable, second.value))
        case .ifAndOnlyIf(let first, let second): equivalence(first, second)
        }
    }

    /// Holds where either has no value.
    private func equivalence(_ first: Rule.Condition, _ second: Rule.Condition) -> JSONValue {
        let left = equals(first.variable, first.value)
        let right = equals(second.variable, second.value)
        return [
            "anyOf": [
                isEmpty(first.variable), isEmpty(second.variable), ["allOf": [left, right]],
                ["allOf": [["not": left], ["not": right]]],
            ]
        ]
    }

    // MARK: Conditions

    private func implies(_ condition: JSONValue, _ consequence: JSONValue) -> JSONValue {
        ["if": condition, "then": consequence]
    }

    private func isSet(_ name: String) -> JSONValue {
        holds(name, ["minLength": 1], whereMissing: schema[name]?.hasDefault ?? false)
    }

    private func isEmpty(_ name: String) -> JSONValue { ["not": isSet(name)] }

    private func equals(_ name: String, _ value: String) -> JSONValue {
        holds(name, ["const": .string(value)], whereMissing: schema[name]?.defaultValue == value)
    }

    /// `properties` alone is true of a variable that is missing: right where its default is meant to pass.
    private func holds(_ name: String, _ condition: JSONValue, whereMissing: Bool) -> JSONValue {
        var object: [String: JSONValue] = ["properties": [name: condition]]
        if !whereMissing { object["required"] = .strings([name]) }
        return .object(object)
    }
}
