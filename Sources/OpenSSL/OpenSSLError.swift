import COpenSSL

/// A call of OpenSSL that failed, with everything that its error queue held.
package struct OpenSSLError: Error, Equatable, Sendable {
    /// One entry of the error queue.
    package struct Entry: Equatable, Sendable {
        /// The packed code, as `openssl errstr` takes it.
        package var code: UInt
        /// The part of OpenSSL that reported it, such as `PEM routines`.
        package var library: String
        /// Such as `no start line`.
        package var reason: String
        /// What OpenSSL added for this one occurrence, such as a file name; often empty.
        package var detail: String
    }

    /// The C function that failed, such as `X509_sign`.
    package var operation: String
    /// Oldest first: the first entry is the cause, those after it are what its callers made of it.
    package var entries: [Entry]

    package init(operation: String, entries: [Entry] = []) {
        self.operation = operation
        self.entries = entries
    }

    /// Empties this thread's error queue into an error, so that no entry is left to mislead a later call.
    package static func drain(after operation: String) -> OpenSSLError {
        var entries: [Entry] = []
        var detail: UnsafePointer<CChar>?
        var flags: Int32 = 0
        while true {
            let code = ERR_get_error_all(nil, nil, nil, &detail, &flags)
            if code == 0 { break }
            let hasText = flags & ERR_TXT_STRING != 0
            entries.append(Entry(code: code, detail: hasText ? detail.map { String(cString: $0) } : nil))
        }
        return OpenSSLError(operation: operation, entries: entries)
    }

    /// Throws what the error queue holds unless the call did what it should.
    package static func require(_ succeeded: Bool, _ operation: String) throws(OpenSSLError) {
        if !succeeded { throw drain(after: operation) }
    }
}

extension OpenSSLError.Entry {
    fileprivate init(code: UInt, detail: String?) {
        self.code = code
        self.library = ERR_lib_error_string(code).map { String(cString: $0) } ?? "system library"
        // A failed system call has no text of OpenSSL's own, only an errno.
        self.reason =
            ERR_reason_error_string(code).map { String(cString: $0) } ?? "errno \(code & 0x7FFF_FFFF)"
        self.detail = detail ?? ""
    }
}

extension OpenSSLError: CustomStringConvertible {
    package var description: String {
        let reasons = entries.map { $0.detail.isEmpty ? $0.reason : "\($0.reason) (\($0.detail))" }
        return reasons.isEmpty ? "\(operation) failed" : "\(operation): \(reasons.joined(separator: "; "))"
    }
}
