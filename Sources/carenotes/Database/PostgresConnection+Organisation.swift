/// Whose rows a transaction sees and writes: what the policies of row-level security compare each row with.
extension PostgresConnection {
    private static let setOrganisation = Statement(
        name: "set-organisation", text: "SELECT set_config('carenotes.organisation', $1, true)")
    private static let begin = Statement(name: "begin", text: "BEGIN")
    private static let commit = Statement(name: "commit", text: "COMMIT")

    /// For a transaction that writes rows of several.
    static func organisationCall(_ organisation: String) -> Call { Call(setOrganisation, [.text(organisation)]) }

    /// Runs the calls for one organisation, as one transaction in one round trip.
    func execute(
        for organisation: String, _ calls: [Call], by deadline: Deadline
    ) throws(PostgresError) -> [QueryResult] {
        let setting = Call(Self.setOrganisation, [.text(organisation)])
        return Array(try execute([setting] + calls, by: deadline).dropFirst())
    }

    /// Opens a transaction for one organisation and runs `first` in it, in one round trip.
    ///
    /// `body` gets the results. What it returns beside its value is run last, in the round trip that commits; where that
    /// is nil, or it throws, everything is taken back.
    func transaction<Value>(
        for organisation: String, first: [Call], by deadline: Deadline,
        _ body: ([QueryResult]) throws(PostgresError) -> (value: Value, last: [Call]?)
    ) throws(PostgresError) -> Value {
        let opening = [Call(Self.begin), Call(Self.setOrganisation, [.text(organisation)])]
        do throws(PostgresError) {
            let results = try execute(opening + first, by: deadline).dropFirst(opening.count)
            let (value, last) = try body(Array(results))
            if let last {
                _ = try execute(last + [Call(Self.commit)], by: deadline)
            } else {
                try run("ROLLBACK", by: deadline)
            }
            return value
        } catch {
            if case .server = error { _ = try? run("ROLLBACK", by: deadline) }
            throw error
        }
    }
}
