#if canImport(Glibc)
    import Glibc
#endif

/// A system call that failed: which one, on what, and errno(3).
struct SystemError: Error, Equatable, CustomStringConvertible {
    var call: String
    var subject: String
    var code: Int32

    /// The error that the last system call of this thread left behind.
    static func last(_ call: String, _ subject: String) -> Self {
        Self(call: call, subject: subject, code: errno)
    }

    /// The system's own words for the code, such as `No such file or directory`.
    var reason: String { String(cString: strerror(code)) }
    var description: String { "\(call) \(subject): \(reason)" }
}

/// Repeats a system call that a signal interrupted.
func retryingInterrupts<Result: FixedWidthInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}

/// Owns one file descriptor and closes it, at the latest when it goes away.
final class Descriptor {
    private(set) var number: Int32

    init(takingOwnershipOf number: Int32) { self.number = number }

    var isOpen: Bool { number >= 0 }

    func close() {
        if isOpen { Glibc.close(number) }
        number = -1
    }

    deinit { close() }
}
