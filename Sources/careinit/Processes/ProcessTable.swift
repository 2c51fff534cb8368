#if canImport(Glibc)
    import Glibc
#endif

/// What /proc tells of the running processes (proc(5)). What may not be read is left out.
enum ProcessTable {
    struct Entry: Sendable, Equatable {
        var identifier: pid_t
        var parent: pid_t
        var user: uid_t
        /// Such as `S`, or `Z` for one that is dead and not yet reaped.
        var state: Character
        /// Clock ticks since the machine started: together with the identifier it names one process for good.
        var startTime: UInt64
        var arguments: [String]

        /// The program's name and its arguments, cut to what fits in a message.
        var summary: String {
            let line = arguments.joined(separator: " ")
            return line.count > 80 ? line.prefix(77) + "…" : line
        }
    }

    static func all() -> [Entry] {
        FileSystem.names(in: "/proc").compactMap { pid_t($0) }.compactMap(entry)
    }

    static func entry(_ identifier: pid_t) -> Entry? {
        let folder = "/proc/\(identifier)"
        guard let status = FileSystem.status(folder),
            let text = FileSystem.readText("\(folder)/stat", limit: 4096),
            // The name in parentheses may hold spaces and parentheses itself.
            let end = text.lastIndex(of: ")")
        else { return nil }
        let name = text[..<end].drop { $0 != "(" }.dropFirst()
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, let state = fields[0].first, let parent = pid_t(fields[1]),
            let startTime = UInt64(fields[19])
        else { return nil }
        let line = FileSystem.read("\(folder)/cmdline", limit: 65536) ?? []
        let arguments = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return Entry(
            identifier: identifier, parent: parent, user: status.st_uid, state: state, startTime: startTime,
            arguments: arguments.isEmpty ? ["[\(name)]"] : arguments)
    }

    /// The current folder of a process.
    static func folder(of identifier: pid_t) -> String? { FileSystem.linkTarget("/proc/\(identifier)/cwd") }

    /// Whether the same process still runs; one that is dead and not yet reaped does not.
    static func isRunning(_ entry: Entry) -> Bool {
        guard let now = self.entry(entry.identifier) else { return false }
        return now.startTime == entry.startTime && now.state != "Z" && now.state != "X"
    }

    /// The processes that hold the sockets with these inode numbers, where that may be read.
    static func holders(ofSockets inodes: Set<UInt64>) -> [UInt64: Entry] {
        var result: [UInt64: Entry] = [:]
        for name in FileSystem.names(in: "/proc") {
            guard let identifier = pid_t(name) else { continue }
            for descriptor in FileSystem.names(in: "/proc/\(name)/fd") {
                guard let target = FileSystem.linkTarget("/proc/\(name)/fd/\(descriptor)"),
                    target.hasPrefix("socket:["), let inode = UInt64(target.dropFirst(8).dropLast()),
                    inodes.contains(inode), result[inode] == nil
                else { continue }
                result[inode] = entry(identifier)
            }
        }
        return result
    }
}
