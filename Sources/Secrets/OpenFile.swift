#if canImport(Glibc)
    import Glibc
#endif

/// The owner of one file descriptor.
struct OpenFile: ~Copyable {
    let number: Int32

    init(
        _ path: String, _ flags: Int32, mode: UInt32 = 0, operation: FileError.Operation,
        reportedAs reported: String
    ) throws(FileError) {
        number = retryingInterrupts { open(path, flags, mode) }
        if number < 0 { throw FileError(operation, path: reported, errno: errno) }
    }

    deinit { if number >= 0 { close(number) } }

    func readToEnd(expecting count: Int, limit: Int, path: String) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 1)
        var block = [UInt8](repeating: 0, count: min(max(count + 1, 4096), 1 << 20))
        while true {
            let length = retryingInterrupts { Glibc.read(number, &block, block.count) }
            if length < 0 { throw FileError(.read, path: path, errno: errno) }
            if length == 0 { return bytes }
            bytes += block[..<length]
            // The file may have grown since it was measured.
            if bytes.count > limit { throw FileError(.read, path: path, errno: EFBIG) }
        }
    }

    func writeAll(_ bytes: [UInt8], path: String) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let length = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                return retryingInterrupts { Glibc.write(number, rest.baseAddress, rest.count) }
            }
            if length < 0 { throw FileError(.write, path: path, errno: errno) }
            written += length
        }
    }
}

/// Calls again as long as a signal interrupts it.
func retryingInterrupts<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}
