/// swift-configuration's EnvironmentFileParser: one variable a line, quotes are kept.
///
/// It splits at the Swift character `\n`, which `\r\n` is not: a file with CRLF is one line.
enum SwiftConfigurationReader {
    static func read(_ bytes: [UInt8]) -> DialectReading {
        var reading = DialectReading()
        var start = 0
        for index in 0...bytes.count where index == bytes.count || isLineEnd(bytes, index) {
            line(bytes, start..<index, &reading)
            start = index + 1
        }
        return reading
    }

    private static func isLineEnd(_ bytes: [UInt8], _ index: Int) -> Bool {
        bytes[index] == ASCII.lineFeed && (index == 0 || bytes[index - 1] != ASCII.carriageReturn)
    }

    private static func line(_ bytes: [UInt8], _ range: Range<Int>, _ reading: inout DialectReading) {
        let line = bytes[range].trimmed
        guard line.first != ASCII.hash, let sign = line.firstIndex(of: ASCII.equals) else { return }
        let name = line[..<sign].trimmed
        guard !name.isEmpty else { return }
        reading.assign(name, line[(sign + 1)...].trimmed, range)
    }
}
