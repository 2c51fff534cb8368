import COpenSSL

/// Bytes in and out of OpenSSL's PEM readers and writers.
package enum MemoryBIO {
    /// Runs `body` with a BIO that reads the bytes; a read past the end is an end, not a retry.
    package static func reading<Result, Failure: Error>(
        _ bytes: [UInt8], _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        // BIO_new_mem_buf does not copy, so the bytes stay pinned in a buffer of their own for as long as it lives.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
        defer {
            OPENSSL_cleanse(buffer.baseAddress, buffer.count)
            buffer.deallocate()
        }
        buffer.copyBytes(from: bytes)
        guard let length = Int32(exactly: bytes.count), let bio = BIO_new_mem_buf(buffer.baseAddress, length)
        else {
            return nil
        }
        defer { BIO_free_all(bio) }
        return try body(bio)
    }

    /// What `body` writes. The buffer of the BIO is wiped after it was copied.
    package static func written(
        _ body: (OpaquePointer) throws(OpenSSLError) -> Void
    ) throws(OpenSSLError) -> [UInt8] {
        let bio = try Handle<BIOKind>(takingOwnershipOf: BIO_new(BIO_s_secmem()), from: "BIO_new")
        return try bio.with { (pointer) throws(OpenSSLError) in
            try body(pointer)
            var start: UnsafeMutablePointer<CChar>?
            let length = shim_bio_contents(pointer, &start)
            return [UInt8](UnsafeRawBufferPointer(start: start, count: max(length, 0)))
        }
    }
}
