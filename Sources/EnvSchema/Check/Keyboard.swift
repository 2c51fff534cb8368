/// Where the keys of a QWERTY keyboard lie.
enum Keyboard {
    /// Where the byte's key lies, the same with and without shift; 0 for none.
    static func place(of byte: UInt8) -> Int { places[Int(byte)] }

    /// From one place to that of a neighbour: 1 and -1 along a row, others down and up a column such as `1qaz` or `zse4`;
    /// 0 where they are no neighbours.
    static func step(from: Int, to: Int) -> Int {
        guard from != 0, to != 0 else { return 0 }
        switch to - from {
        case 1, -1, 16, -16, 15, -15: return to - from
        default: return 0
        }
    }

    private static let rows: [(plain: StaticString, shifted: StaticString)] = [
        ("`1234567890-=", "~!@#$%^&*()_+"), (" qwertyuiop[]\\", " QWERTYUIOP{}|"),
        (" asdfghjkl;'", " ASDFGHJKL:\""), (" zxcvbnm,./", " ZXCVBNM<>?"),
    ]

    /// Of each byte: row, from 1, times 16, plus column; 0 for what is on none of the rows.
    private static let places: [Int] = {
        var places = [Int](repeating: 0, count: 256)
        for (row, keys) in rows.enumerated() {
            for text in [keys.plain, keys.shifted] {
                text.withUTF8Buffer { bytes in
                    for (column, byte) in bytes.enumerated() where byte != ASCII.space {
                        places[Int(byte)] = (row + 1) * 16 + column
                    }
                }
            }
        }
        return places
    }()
}
