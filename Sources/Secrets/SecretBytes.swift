import COpenSSL

/// A secret in memory that is never swapped out where the system allows it, and wiped when the last owner goes.
///
/// It prints as `<secret>`, whatever prints it. Comparison takes the same time wherever the two differ.
package final class SecretBytes: Sendable {
    private nonisolated(unsafe) let start: UnsafeMutableRawPointer
    package let count: Int

    /// OpenSSL's locked heap, made at the first use. Where it cannot be made or is full, ordinary memory serves,
    /// which is wiped all the same.
    private static let hasLockedHeap = CRYPTO_secure_malloc_init(lockedHeapSize, 32) > 0
    private static let lockedHeapSize = 256 * 1024

    package init(_ bytes: some Collection<UInt8>) {
        let count = bytes.count
        start = Self.allocate(count)
        self.count = count
        UnsafeMutableRawBufferPointer(start: start, count: count).copyBytes(from: bytes)
    }

    /// The UTF-8 bytes of the text. The text itself is Swift's and is not wiped.
    package convenience init(_ text: some StringProtocol) { self.init(text.utf8) }

    deinit { shim_secure_clear_free(start, max(count, 1)) }

    /// Lends the bytes to `body`, which must not keep them.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    private static func allocate(_ count: Int) -> UnsafeMutableRawPointer {
        let size = max(count, 1)
        if hasLockedHeap, let locked = shim_secure_malloc(size) { return locked }
        if let plain = CRYPTO_malloc(size, #fileID, #line) { return plain }
        return UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    }
}

extension SecretBytes: Equatable {
    package static func == (left: SecretBytes, right: SecretBytes) -> Bool {
        left.withBytes { left in right.withBytes { constantTimeEqual(left, $0) } }
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<secret>" }
    package var debugDescription: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Whether the two hold the same bytes, in a time that tells only whether their lengths differ.
package func constantTimeEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
}

/// Whether the two hold the same bytes, in a time that tells only whether their lengths differ.
package func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBytes { left in right.withUnsafeBytes { constantTimeEqual(left, $0) } }
}
