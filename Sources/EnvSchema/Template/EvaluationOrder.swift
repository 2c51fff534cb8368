/// The order in which defaults that are made of other variables can be worked out.
enum EvaluationOrder {
    /// - Returns: The variables with a formula, each after those that it names; and those that depend on themselves.
    static func of(_ variables: [Variable]) -> (order: [Variable], cyclic: [Variable]) {
        let computed = variables.filter { $0.defaultFormula != nil }
        let indices = Dictionary(
            zip(computed.map(\.name), computed.indices), uniquingKeysWith: { first, _ in first })
        var users = [[Int]](repeating: [], count: computed.count)
        var missing = [Int](repeating: 0, count: computed.count)
        for (index, variable) in computed.enumerated() {
            for name in variable.defaultFormula?.references ?? [] {
                guard let needed = indices[name] else { continue }
                users[needed].append(index)
                missing[index] += 1
            }
        }
        var order = computed.indices.filter { missing[$0] == 0 }
        var next = 0
        while next < order.count {
            for user in users[order[next]] {
                missing[user] -= 1
                if missing[user] == 0 { order.append(user) }
            }
            next += 1
        }
        return (order.map { computed[$0] }, computed.indices.filter { missing[$0] > 0 }.map { computed[$0] })
    }
}
