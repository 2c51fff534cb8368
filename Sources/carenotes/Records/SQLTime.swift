/// How statements give times: as `Note.createdAt` has them.
enum SQLTime {
    static func text(_ column: String) -> String {
        #"to_char(\#(column) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"#
    }
}
