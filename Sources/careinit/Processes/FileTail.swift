#if canImport(Glibc)
    import Glibc
#endif

/// The end of a file that may be long.
enum FileTail {
    /// The last bytes of a file; nil where it cannot be read.
    static func bytes(_ path: String, limit: Int) -> [UInt8]? {
        let file = Descriptor(takingOwnershipOf: open(path, O_RDONLY | O_CLOEXEC))
        guard file.isOpen else { return nil }
        let size = Int(lseek(file.number, 0, SEEK_END))
        var result = [UInt8](repeating: 0, count: max(0, min(size, limit)))
        let offset = size - result.count
        let count = retryingInterrupts { pread(file.number, &result, result.count, off_t(offset)) }
        return count < 0 ? nil : Array(result[..<count])
    }

    /// What stands in a file behind that offset, a megabyte at most.
    static func bytes(_ path: String, from offset: Int) -> [UInt8] {
        let file = Descriptor(takingOwnershipOf: open(path, O_RDONLY | O_CLOEXEC))
        guard file.isOpen else { return [] }
        var result = [UInt8](repeating: 0, count: 1 << 20)
        let count = retryingInterrupts { pread(file.number, &result, result.count, off_t(offset)) }
        return Array(result[..<max(0, count)])
    }

    /// The last lines of a file, oldest first; the first may be cut where lines are very long.
    static func lines(_ path: String, count: Int) -> [String] {
        let bytes = bytes(path, limit: max(65_536, count * 400)) ?? []
        return bytes.split(separator: UInt8(ascii: "\n")).suffix(count).map { String(decoding: $0, as: UTF8.self) }
    }
}
