#if canImport(Glibc)
    import Glibc
#endif

/// Where the files of a log lie: `NAME.jsonl`, which grows, and before it the files that were rotated away, each named after the
/// number of its first line: `NAME.0000000000000001.jsonl`.
package struct ChainFolder: Sendable, Equatable {
    package let folder: String
    package let name: String

    package init(_ folder: String, name: String) {
        self.folder = folder
        self.name = name
    }

    package struct Segment: Sendable, Equatable {
        package var path: String
        /// Of its first line; nil for the file that grows.
        package var firstSequence: Int64?
    }

    package var current: String { "\(folder)/\(name).jsonl" }
    /// The head that was last recorded, as one line `ID SEQUENCE HASH KIND`.
    package var headFile: String { "\(folder)/\(name).head" }
    var lockFile: String { "\(folder)/\(name).lock" }

    func sealed(_ sequence: Int64) -> String { "\(folder)/\(name).\(Self.padded(sequence)).jsonl" }

    /// A free name for something that does not go on the chain, such as `NAME.torn-1`.
    func aside(_ word: String) -> String {
        let known = Set(Self.names(in: folder))
        let number = (1...).first { !known.contains("\(name).\(word)-\($0)") } ?? 0
        return "\(folder)/\(name).\(word)-\(number)"
    }

    /// All files of the log that are there, in the order of their lines.
    package func segments() -> [Segment] {
        let names = Self.names(in: folder)
        var found: [Segment] = []
        for file in names.sorted() where file.hasPrefix("\(name).") && file.hasSuffix(".jsonl") {
            let middle = file.dropFirst(name.utf8.count + 1).dropLast(6)
            guard middle.utf8.count == 16, let sequence = Int64(middle), sequence > 0 else { continue }
            found.append(Segment(path: "\(folder)/\(file)", firstSequence: sequence))
        }
        if names.contains("\(name).jsonl") { found.append(Segment(path: current, firstSequence: nil)) }
        return found
    }

    /// What was set aside: torn ends and files whose chain was broken.
    package func setAside() -> [String] {
        Self.names(in: folder).sorted()
            .filter { $0.hasPrefix("\(name).torn-") || $0.hasPrefix("\(name).broken-") }
            .map { "\(folder)/\($0)" }
    }

    /// A head that lies beside the log.
    package struct Record: Sendable, Equatable {
        package enum Kind: String, Sendable {
            /// The log had no line behind it.
            case last
            /// A file ended with it, and may be gone; the file that grows begins behind it.
            case rotated
        }

        package var head: HashChain
        package var kind: Kind
    }

    /// Nil where none was recorded, or what stands there is no head.
    package func record() -> Record? {
        guard let bytes = try? AtomicFile.read(headFile, limit: 4096) else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard words.count == 4, let sequence = Int64(words[1]), let kind = Record.Kind(rawValue: String(words[3])),
            let head = HashChain(id: String(words[0]), sequence: sequence, hash: String(words[2]))
        else { return nil }
        return Record(head: head, kind: kind)
    }

    func record(_ head: HashChain, _ kind: Record.Kind) throws(FileError) {
        let line = "\(head.id) \(head.sequence) \(head.hash) \(kind.rawValue)\n"
        try AtomicFile.write(Array(line.utf8), to: headFile)
    }

    func sync() throws(FileError) {
        let handle = try OpenFile(
            folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, operation: .sync, reportedAs: folder)
        guard fsync(handle.number) == 0 else { throw FileError(.sync, path: folder, errno: errno) }
    }

    private static func padded(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 16 - digits.utf8.count)) + digits
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names
    }
}
