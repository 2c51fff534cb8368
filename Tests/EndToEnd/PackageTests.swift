import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite("The built programs")
struct PackageTests {
    /// The folder of the test bundle, where SwiftPM puts the executables too.
    private var programs: String {
        let words = CommandLine.arguments.first?.split(separator: "/").dropLast() ?? []
        return "/" + words.joined(separator: "/")
    }

    @Test(arguments: ["--version", "--help", "help exit-codes"])
    func `careinit answers and ends with 0`(arguments: String) throws {
        let pipe = try #require(popen("'\(programs)/careinit' \(arguments) </dev/null", "r"))
        var line = [CChar](repeating: 0, count: 200)
        let first = fgets(&line, Int32(line.count), pipe)
        #expect(first != nil)
        #expect(pclose(pipe) == 0)
    }
}
