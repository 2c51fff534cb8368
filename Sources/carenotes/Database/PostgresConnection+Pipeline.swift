import CPostgres

/// A statement with its values.
struct Call: Sendable {
    var statement: Statement
    var values: [PostgresValue]

    init(_ statement: Statement, _ values: [PostgresValue] = []) {
        self.statement = statement
        self.values = values
    }
}

extension PostgresConnection {
    /// Runs the calls one after the other in one round trip (libpq, "Pipeline Mode"). Outside of a transaction they are
    /// one of their own. The first that fails is what is thrown; those after it are not run.
    func execute(_ calls: [Call], by deadline: Deadline) throws(PostgresError) -> [QueryResult] {
        var bound: [BoundValues] = []
        for call in calls {
            guard let values = BoundValues(call.values) else {
                throw .unexpectedResult("NUL in a text parameter")
            }
            bound.append(values)
            try prepare(call.statement, by: deadline)
        }
        return try answered { () throws(PostgresError) in
            try require(PQenterPipelineMode(handle.pointer))
            for (call, values) in zip(calls, bound) { try send(call, values) }
            try require(PQpipelineSync(handle.pointer))
            try flush(by: deadline)
            let results = try pipelinedResults(by: deadline)
            guard results.count == calls.count else { throw .unexpectedResult("\(results.count) results") }
            return results
        }
    }

    private func send(_ call: Call, _ values: BoundValues) throws(PostgresError) {
        let sent = values.withPointers { pointers in
            PQsendQueryPrepared(
                handle.pointer, call.statement.name, Int32(call.values.count), pointers, values.lengths,
                values.formats, 1)
        }
        try require(sent)
    }

    /// What comes until the pipeline's end: each call's result, then nothing once.
    private func pipelinedResults(by deadline: Deadline) throws(PostgresError) -> [QueryResult] {
        var results: [QueryResult] = []
        var failure: PostgresError?
        var pauses = 0
        while true {
            guard let result = try nextResult(by: deadline) else {
                // Nothing twice in a row is what a lost connection has to say.
                pauses += 1
                guard pauses < 2 else { throw failure ?? .lost(handle.errorMessage) }
                continue
            }
            pauses = 0
            if result.endsPipeline { break }
            if failure == nil { failure = result.failure }
            results.append(result)
        }
        try require(PQexitPipelineMode(handle.pointer))
        if handle.notices.takeBrokenWait() { throw .outcomeUnknown }
        if let failure { throw failure }
        return results
    }

    private func require(_ result: Int32) throws(PostgresError) {
        guard result == 1 else { throw .lost(handle.errorMessage) }
    }
}
