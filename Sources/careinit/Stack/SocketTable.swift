/// The listening sockets of this machine as /proc/net/tcp and /proc/net/tcp6 show them (proc(5)).
struct SocketTable: Sendable {
    struct Row: Sendable, Equatable {
        /// Four or sixteen bytes in network order.
        var address: [UInt8]
        var port: UInt16
        var user: UInt32
        var inode: UInt64

        /// Whether a listener on these four bytes would collide with the row.
        func covers(_ wanted: [UInt8]) -> Bool {
            let isMapped =
                address.count == 16 && address[..<10].allSatisfy { $0 == 0 } && address[10..<12] == [255, 255]
            let own = isMapped ? Array(address[12...]) : address
            return own == wanted || own.allSatisfy { $0 == 0 } || wanted.allSatisfy { $0 == 0 }
        }
    }

    var rows: [Row]

    init(rows: [Row]) { self.rows = rows }

    static func current() -> SocketTable {
        let texts = ["/proc/net/tcp", "/proc/net/tcp6"].compactMap { FileSystem.readText($0, limit: 16 << 20) }
        return SocketTable(rows: texts.flatMap(parse))
    }

    /// The rows of state 0A (LISTEN).
    static func parse(_ text: String) -> [Row] {
        text.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == "0A", let user = UInt32(fields[7]), let inode = UInt64(fields[9])
            else { return nil }
            let local = fields[1].split(separator: ":")
            guard local.count == 2, let port = UInt16(local[1], radix: 16), let address = bytes(local[0]) else {
                return nil
            }
            return Row(address: address, port: port, user: user, inode: inode)
        }
    }

    /// The kernel prints each group of four bytes as one number of the machine's byte order.
    private static func bytes(_ hex: Substring) -> [UInt8]? {
        guard hex.utf8.count % 8 == 0 else { return nil }
        var result: [UInt8] = []
        var rest = hex
        while !rest.isEmpty {
            guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
            withUnsafeBytes(of: word) { result += $0 }
            rest = rest.dropFirst(8)
        }
        return result
    }
}
