/// Lines of `NAME=value`, as careinit keeps them in its own folder: names of capitals, values without line breaks.
enum KeyValueFile {
    static func parse(_ bytes: [UInt8]) -> [String: String] {
        var result: [String: String] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
            guard let end = line.firstIndex(of: "=") else { continue }
            result[String(line[..<end])] = String(line[line.index(after: end)...])
        }
        return result
    }

    static func bytes(_ values: [String: String], comment: String) -> [UInt8] {
        let lines = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
        return Array("# \(comment)\n\(lines.joined())".utf8)
    }
}
