extension PostgresConnection {
    /// Runs `body` in a transaction: commits where it returns. Where it throws, the server rolls back: at ROLLBACK, or
    /// when the pool closes the connection.
    func transaction<Value>(
        by deadline: Deadline, _ body: () throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        try run("BEGIN", by: deadline)
        let value: Value
        do throws(PostgresError) {
            value = try body()
        } catch {
            _ = try? run("ROLLBACK", by: deadline)
            throw error
        }
        try run("COMMIT", by: deadline)
        return value
    }
}
