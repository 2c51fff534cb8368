/// One limit of the machine that is too low for 10,000 connections.
struct HostLimit: Sendable, Equatable {
    /// Such as `net.core.somaxconn`.
    var name: String
    /// As the kernel has it; nil where it cannot be read.
    var current: String?
    var wanted: String
    /// What comes of it when it stays.
    var meaning: String
    /// Whether sysctl(8) sets it.
    var isSysctl = true

    /// Such as `net.core.somaxconn is 128, wanted: 4096 (…)`.
    var line: String { "  \(name) is \(current ?? "not to be read"), wanted: \(wanted) (\(meaning))" }
}
