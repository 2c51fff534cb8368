/// Bytes written as text.
enum EncodingSyntax {
    /// How many bytes a Base64 text holds (RFC 4648 §4 or §5, padded or not); nil for what is none.
    static func base64Length(_ text: String) -> Int? {
        let digits = text.utf8.prefix { $0 != ASCII.equals }
        let padding = text.utf8.count - digits.count
        let isDigit = { (byte: UInt8) in byte.isAlphanumeric || "+/-_".utf8.contains(byte) }
        guard padding <= 2, text.utf8.suffix(padding).allSatisfy({ $0 == ASCII.equals }) else { return nil }
        guard digits.allSatisfy(isDigit), digits.count % 4 != 1 else { return nil }
        if padding > 0, text.utf8.count % 4 != 0 { return nil }
        let mixes = digits.contains { "+/".utf8.contains($0) } && digits.contains { "-_".utf8.contains($0) }
        return mixes ? nil : digits.count * 3 / 4
    }

    /// One or more blocks of PEM (RFC 7468), with nothing but white space between them.
    static func isPEM(_ text: String) -> Bool {
        let lines = text.utf8.split(whereSeparator: { $0 == ASCII.lineFeed || $0 == ASCII.carriageReturn })
            .map { $0.trimmed.text }.filter { !$0.isEmpty }
        var label: String?
        var blocks = 0
        var isBlockEmpty = true
        for line in lines {
            if let open = label {
                if line == "-----END \(open)-----" {
                    guard !isBlockEmpty else { return false }
                    label = nil
                    blocks += 1
                } else {
                    guard base64Length(line) != nil || line.utf8.contains(ASCII.colon) else { return false }
                    isBlockEmpty = false
                }
            } else {
                guard line.hasPrefix("-----BEGIN "), line.hasSuffix("-----"), line.utf8.count > 16 else {
                    return false
                }
                label = line.utf8.dropFirst(11).dropLast(5).text
                isBlockEmpty = true
            }
        }
        return blocks > 0 && label == nil
    }
}
