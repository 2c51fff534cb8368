/// What the last lines of a log tell about why a service does not come up.
enum KnownCause {
    /// What a log says, and what that means to whoever runs the stack.
    private static let causes: [(text: String, cause: String)] = [
        ("no space left on device", "the disk is full"),
        ("address already in use", "another program took its port after the check"),
        ("could not bind", "its port or address cannot be had"),
        ("cannot assign requested address", "this machine does not have its address"),
        ("permission denied", "its user may not read or write a file"),
        ("too many open files", "the limit of open files is too low: ulimit -n"),
        ("cannot allocate memory", "the machine has no memory left"),
        ("out of memory", "the machine has no memory left"),
        ("no module named", "a Python module that Patroni needs is not installed"),
        ("system id mismatch", "the data belong to another cluster than the one that etcd knows"),
        ("password authentication failed", "the data were made with another password"),
        ("wrongpass", "Redis was given another password"),
        ("database files are incompatible with server", "the data were made by another version of PostgreSQL"),
        ("has wrong ownership", "the data belong to another user"),
        ("certificate has expired", "a certificate has expired"),
        ("key values mismatch", "the certificate and its key are no pair"),
    ]

    /// - Parameter lines: The end of a log.
    /// - Returns: The cause that the latest line with a known one names; nil where none does.
    static func find(in lines: [String]) -> String? {
        for line in lines.reversed() {
            let text = line.lowercased()
            if let known = causes.first(where: { text.contains($0.text) }) { return known.cause }
        }
        return nil
    }
}
