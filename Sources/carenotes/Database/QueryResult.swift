import CPostgres

/// The rows of one statement, in binary format: text columns are UTF-8 and `bytea` columns raw bytes. Statements cast
/// every other type to text.
final class QueryResult {
    private let pointer: OpaquePointer

    init(takingOwnershipOf pointer: OpaquePointer) { self.pointer = pointer }

    deinit { PQclear(pointer) }

    var rowCount: Int { Int(PQntuples(pointer)) }

    /// Nil for SQL's NULL.
    func bytes(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8]? {
        guard row < rowCount, column < Int(PQnfields(pointer)) else {
            throw .unexpectedResult("no row \(row), column \(column)")
        }
        guard PQgetisnull(pointer, Int32(row), Int32(column)) == 0 else { return nil }
        let start = PQgetvalue(pointer, Int32(row), Int32(column))
        return Array(
            UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(pointer, Int32(row), Int32(column)))))
    }

    /// Nil for SQL's NULL.
    func text(_ row: Int, _ column: Int) throws(PostgresError) -> String? {
        try bytes(row, column).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Throws where the column is NULL.
    func requiredText(_ row: Int, _ column: Int) throws(PostgresError) -> String {
        guard let text = try text(row, column) else { throw .unexpectedResult("NULL in column \(column)") }
        return text
    }

    /// Throws where the column is NULL.
    func requiredBytes(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8] {
        guard let bytes = try bytes(row, column) else { throw .unexpectedResult("NULL in column \(column)") }
        return bytes
    }

    /// Whether it is what the server answers to a pipeline's end.
    var endsPipeline: Bool { PQresultStatus(pointer) == PGRES_PIPELINE_SYNC }

    /// Nil where the statement succeeded.
    var failure: PostgresError? {
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return nil
        default: break
        }
        let message = field("M") ?? PQresultErrorMessage(pointer).map { String(cString: $0) } ?? ""
        // What libpq itself has to report, such as an end of file, has no SQLSTATE.
        guard let state = field("C") else { return .lost(message) }
        return .server(state: state, message: message)
    }

    /// A field of an error report (PostgreSQL documentation, "Error and Notice Message Fields").
    private func field(_ code: Unicode.Scalar) -> String? {
        PQresultErrorField(pointer, Int32(code.value)).map { String(cString: $0) }
    }
}
