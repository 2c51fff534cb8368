import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// What the machine has left. Each is 0 where the kernel does not tell.
struct MachineFacts: Sendable, Equatable {
    /// Bytes of the file system that the process works in, and what an ordinary user may still take of them.
    var diskTotal = 0
    var diskAvailable = 0
    /// Bytes of memory, and what could be had without swapping.
    var memoryTotal = 0
    var memoryAvailable = 0
    /// Bytes of this process.
    var memoryResident = 0
    /// Runnable tasks on average, over 1, 5 and 15 minutes (proc(5), "loadavg").
    var load: [Double] = []
    var processors = 0

    /// May wait for a disk, so not in a request.
    static func read() -> MachineFacts {
        var facts = MachineFacts()
        var disk = statvfs()
        if statvfs(".", &disk) == 0 {
            facts.diskTotal = Int(disk.f_blocks) * Int(disk.f_frsize)
            facts.diskAvailable = Int(disk.f_bavail) * Int(disk.f_frsize)
        }
        let memory = file("/proc/meminfo")
        facts.memoryTotal = kibibytes("MemTotal:", memory)
        facts.memoryAvailable = kibibytes("MemAvailable:", memory)
        facts.memoryResident = ProcessFacts.residentBytes
        var averages = [Double](repeating: 0, count: 3)
        let count = getloadavg(&averages, 3)
        facts.load = Array(averages.prefix(max(0, Int(count))))
        facts.processors = csystem_processor_count()
        return facts
    }

    private static func kibibytes(_ name: String, _ text: String) -> Int {
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }

    private static func file(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
}
