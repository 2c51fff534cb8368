/// Which files git tracks, read from `.git/index` (gitformat-index(5)), without running git.
enum GitIndex {
    enum Answer: Sendable, Equatable {
        case tracked
        case untracked
        /// There is an index, but it cannot be read.
        case unknown
    }

    /// Whether the repository that the file lies in tracks it under this path.
    static func tracks(_ path: String) -> Answer {
        guard let folder = FileSystem.realPath(path.parentPath) else { return .unknown }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let repository = Repository(containing: folder) else { return .untracked }
        let indexPath = "\(repository.gitFolder)/index"
        guard FileSystem.exists(indexPath) else { return .untracked }
        guard let bytes = FileSystem.read(indexPath, limit: sizeLimit), bytes.count < sizeLimit else {
            return .unknown
        }
        let inside = folder.dropFirst(repository.folder.count).drop { $0 == "/" }
        return lookUp(inside.isEmpty ? name : "\(inside)/\(name)", in: bytes)
    }

    private static let sizeLimit = 256 << 20

    /// Looks for the path, which is relative to the repository's folder, in an index.
    static func lookUp(_ path: String, in index: [UInt8]) -> Answer {
        // A repository has 20-byte or 32-byte object names throughout; its index does not say which.
        for hashLength in [20, 32] {
            var reader = IndexReader(index, hashLength: hashLength)
            if let answer = reader.contains(Array(path.utf8)) { return answer ? .tracked : .untracked }
        }
        return .unknown
    }

    private struct Repository {
        var folder: String
        var gitFolder: String

        /// The nearest folder above that has a `.git`.
        init?(containing start: String) {
            var folder = start
            while true {
                let dot = folder == "/" ? "/.git" : "\(folder)/.git"
                if FileSystem.isFolder(dot) {
                    (self.folder, gitFolder) = (folder, dot)
                    return
                }
                // A worktree or submodule has a file with `gitdir: PATH`.
                if let text = FileSystem.readText(dot, limit: 4096), text.hasPrefix("gitdir:") {
                    let target = Array(text.utf8.dropFirst(7)).split(separator: 10).first ?? []
                    let path = String(decoding: target.drop { $0 == 32 }, as: UTF8.self)
                    (self.folder, gitFolder) = (folder, path.hasPrefix("/") ? path : "\(folder)/\(path)")
                    return
                }
                guard folder != "/" else { return nil }
                folder = folder.parentPath
            }
        }
    }
}

/// Walks the entries of an index of version 2, 3 or 4.
private struct IndexReader {
    private let bytes: [UInt8]
    private let hashLength: Int
    private var cursor = 12
    private var name: [UInt8] = []

    init(_ bytes: [UInt8], hashLength: Int) {
        self.bytes = bytes
        self.hashLength = hashLength
    }

    /// Nil where the bytes are no such index, or only a part of one that lies in two files (`core.splitIndex`).
    mutating func contains(_ path: [UInt8]) -> Bool? {
        guard bytes.starts(with: "DIRC".utf8), bytes.count >= 12 + hashLength, (2...4).contains(number(4, 4))
        else {
            return nil
        }
        let version = number(4, 4)
        var isFound = false
        for _ in 0..<number(8, 4) {
            guard readEntry(version) else { return nil }
            if name == path { isFound = true }
        }
        let end = bytes.count - hashLength
        let isSplit = cursor + 4 <= end && bytes[cursor..<(cursor + 4)].elementsEqual("link".utf8)
        return cursor <= end && !isSplit ? isFound : nil
    }

    /// Puts the entry's path into `name`; false where the entry makes no sense.
    private mutating func readEntry(_ version: Int) -> Bool {
        let start = cursor
        let flagsOffset = start + 40 + hashLength
        guard flagsOffset + 2 <= bytes.count else { return false }
        let flags = number(flagsOffset, 2)
        cursor = flagsOffset + (version >= 3 && flags & 0x4000 != 0 ? 4 : 2)
        if version == 4 {
            guard let strip = variableLengthNumber(), strip <= name.count else { return false }
            name.removeLast(strip)
        } else {
            name.removeAll(keepingCapacity: true)
        }
        guard let end = bytes[min(cursor, bytes.count)...].firstIndex(of: 0) else { return false }
        name += bytes[cursor..<end]
        // Padded with zeros, at least one, to a multiple of eight.
        cursor = version == 4 ? end + 1 : start + (end - start + 8) / 8 * 8
        let length = flags & 0xFFF
        return !name.isEmpty && (length == 0xFFF ? name.count >= 0xFFF : name.count == length)
            && cursor <= bytes.count
    }

    /// The offset encoding of pack files.
    private mutating func variableLengthNumber() -> Int? {
        guard cursor < bytes.count else { return nil }
        var value = Int(bytes[cursor] & 0x7F)
        while bytes[cursor] & 0x80 != 0 {
            cursor += 1
            guard cursor < bytes.count, value < 1 << 32 else { return nil }
            value = (value + 1) << 7 | Int(bytes[cursor] & 0x7F)
        }
        cursor += 1
        return value
    }

    private func number(_ offset: Int, _ length: Int) -> Int {
        bytes[offset..<(offset + length)].reduce(0) { $0 << 8 | Int($1) }
    }
}
