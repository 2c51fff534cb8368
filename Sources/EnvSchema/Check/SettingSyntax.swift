/// Values that no password is: switches, numbers, durations, paths, URLs and hosts.
///
/// Looks at each byte a bounded number of times and allocates nothing.
enum SettingSyntax {
    static func isSetting(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 0 else { return true }
        return isQuantity(bytes) || isSwitch(bytes) || isPath(bytes) || isURL(bytes) || isHost(bytes)
    }

    /// `42`, `-0.5`, `15m`, `10MB`.
    private static func isQuantity(_ bytes: Span<UInt8>) -> Bool {
        var (digits, points, letters) = (0, 0, 0)
        for place in 0..<bytes.count {
            let byte = bytes[place]
            if byte.isDigit, letters == 0 {
                digits += 1
            } else if byte == point, letters == 0 {
                points += 1
            } else if byte.isLetter, digits > 0 {
                letters += 1
            } else if place > 0 || byte != hyphen {
                return false
            }
            if letters > 2 || points > 1 { return false }
        }
        return digits > 0
    }

    private static func isSwitch(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count <= longestSwitch else { return false }
        return switches.contains { word in
            word.count == bytes.count && word.indices.allSatisfy { bytes[$0].lowercased == word[$0] }
        }
    }

    private static let switches =
        "true false yes no on off enabled disabled required optional none null never always auto default"
        .utf8.split(separator: ASCII.space).map { Array($0) }

    private static let longestSwitch = 8

    /// `/run/secrets/x`, `./x`, `../x`, `~/x`. One in 64 keys in Base64 starts with a slash, too.
    private static func isPath(_ bytes: Span<UInt8>) -> Bool {
        var place = 0
        while place < min(bytes.count, 2), bytes[place] == point || bytes[place] == UInt8(ascii: "~") {
            place += 1
        }
        guard place < bytes.count, bytes[place] == slash else { return false }
        return place > 0 || !SecretLikeness.isKey(bytes.extracting(1..<bytes.count))
    }

    private static func isURL(_ bytes: Span<UInt8>) -> Bool {
        var place = 1
        while place + 2 < bytes.count {
            if bytes[place] == ASCII.colon, bytes[place + 1] == slash, bytes[place + 2] == slash { return true }
            place += 1
        }
        return false
    }

    /// An IPv4 address, or a name of several parts that ends in letters; perhaps with a port.
    private static func isHost(_ bytes: Span<UInt8>) -> Bool {
        var (labels, letters, length, end) = (0, 0, 0, 0)
        while end < bytes.count, bytes[end] != ASCII.colon {
            let byte = bytes[end]
            if byte == point {
                guard length > 0 else { return false }
                (labels, letters, length) = (labels + 1, 0, 0)
            } else {
                guard byte.isLowercase || byte.isDigit || byte == hyphen else { return false }
                length += 1
                if byte.isLowercase { letters += 1 }
            }
            end += 1
        }
        let isName = labels > 0 && length > 1 && letters == length
        let isAddress = labels == 3 && length > 0 && letters == 0
        return (isName || isAddress) && isPort(bytes, from: end)
    }

    private static func isPort(_ bytes: Span<UInt8>, from colon: Int) -> Bool {
        guard colon < bytes.count else { return true }
        return colon + 1 < bytes.count && ((colon + 1)..<bytes.count).allSatisfy { bytes[$0].isDigit }
    }

    private static let point = UInt8(ascii: ".")
    private static let hyphen = UInt8(ascii: "-")
    private static let slash = UInt8(ascii: "/")
}
