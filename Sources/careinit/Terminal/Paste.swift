/// A paste between its two marks (bracketed paste), taken as one piece: line ends, however many on end, and tabs become a
/// blank within it and vanish at its ends, other control characters are dropped.
struct Paste {
    /// No setting is longer. More than this is read to its end, and not taken.
    static let limit = 65_536
    private static let end = Array("\u{1B}[201~".unicodeScalars)

    private var text: [Unicode.Scalar] = []
    /// How much of the end mark has come.
    private var matched = 0
    private var isTooLong = false

    enum Result: Equatable {
        case text(String)
        case tooLong
    }

    /// Takes the next character; returns the whole once the end mark has come.
    mutating func take(_ scalar: Unicode.Scalar) -> Result? {
        if scalar == Self.end[matched] {
            matched += 1
            return matched == Self.end.count ? result : nil
        }
        // ESC occurs in the mark at its beginning only.
        for held in Self.end[..<matched] { append(held) }
        matched = scalar == Self.end[0] ? 1 : 0
        if matched == 0 { append(scalar) }
        return nil
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if Self.isLineEnd(scalar), let last = text.last, Self.isLineEnd(last) { return }
        if text.count < Self.limit { text.append(scalar) } else { isTooLong = true }
    }

    private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }

    private var result: Result {
        if isTooLong { return .tooLong }
        let blanks = text.map { "\n\r\t".unicodeScalars.contains($0) ? " " : $0 }
        let kept = blanks.filter { $0.properties.generalCategory != .control }
        return .text(String(String.UnicodeScalarView(kept)).trimmed)
    }
}
