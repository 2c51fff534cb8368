#if canImport(Glibc)
    import Glibc
#endif

/// A process as /proc shows it (proc(5)).
struct ProcessEntry: CustomStringConvertible {
    var identifier: pid_t
    /// argv, words parted by spaces.
    var commandLine: String
    /// The environment it was started with; empty where it may not be read.
    var environment: String
    var folder: String

    var description: String { "\(identifier) \(commandLine)" }

    /// Every process but zombies and threads of the kernel, which have no command line.
    static func all() -> [ProcessEntry] {
        identifiers().compactMap(one)
    }

    static func identifiers() -> [pid_t] { Files.names(in: "/proc").compactMap { pid_t($0) } }

    static func one(_ identifier: pid_t) -> ProcessEntry? {
        let words = text("/proc/\(identifier)/cmdline")
        guard !words.isEmpty else { return nil }
        return ProcessEntry(
            identifier: identifier, commandLine: words, environment: text("/proc/\(identifier)/environ"),
            folder: target(of: "/proc/\(identifier)/cwd"))
    }

    /// Those that belong to what lies in a folder: by what they were told, or by where they are.
    ///
    /// Workers of nginx and backends of PostgreSQL name themselves anew; they are found by their parent.
    static func belonging(to path: String) -> [ProcessEntry] {
        let all = all().filter { $0.identifier != getpid() }
        var found = Set(
            all.filter { $0.commandLine.contains(path) || $0.folder.hasPrefix(path) }.map(\.identifier))
        var count = 0
        while count != found.count {
            count = found.count
            for entry in all where found.contains(entry.parent) { found.insert(entry.identifier) }
        }
        return all.filter { found.contains($0.identifier) }
    }

    /// Everything that a process started, and what that started.
    static func descendants(of identifier: pid_t) -> [ProcessEntry] {
        let all = all()
        var found: Set<pid_t> = [identifier]
        var count = 0
        while count != found.count {
            count = found.count
            for entry in all where found.contains(entry.parent) { found.insert(entry.identifier) }
        }
        return all.filter { found.contains($0.identifier) && $0.identifier != identifier }
    }

    var parent: pid_t {
        let fields = Self.text("/proc/\(identifier)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 1 ? pid_t(fields[1]) ?? 0 : 0
    }

    /// How many bytes it has read so far, from wherever (rchar, proc(5)).
    var bytesRead: Int {
        let line = Self.text("/proc/\(identifier)/io").split(separator: "\n").first { $0.hasPrefix("rchar: ") }
        return line.flatMap { Int($0.dropFirst(7)) } ?? 0
    }

    private static func text(_ path: String) -> String {
        String(decoding: Files.read(path).map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }

    private static func target(of link: String) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(link, &buffer, buffer.count - 1)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    }
}
