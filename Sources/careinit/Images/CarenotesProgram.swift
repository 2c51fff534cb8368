import EnvSchema

/// carenotes as it was built here, with whatever it needs that no package brings.
struct CarenotesProgram: Sendable {
    /// The release of Debian that it was built on, such as `bookworm`, whose libraries it was linked with.
    var release: String
    /// The packages with those libraries.
    var packages: [String]
    /// The program, and the libraries of the Swift toolchain where it is not linked with them for good.
    var files: [File]

    struct File: Sendable {
        var name: String
        var contents: [UInt8]
    }

    /// By release: what Debian calls the packages of libpq, hiredis, libmicrohttpd and OpenSSL.
    private static let packages = [
        "bookworm": ["libpq5", "libhiredis0.14", "libmicrohttpd12", "libssl3"],
        "trixie": ["libpq5", "libhiredis1.1.0", "libmicrohttpd12t64", "libssl3t64"],
    ]

    /// - Throws: exit code 66 where it is not built, 69 where it was built on a system that no base fits.
    static func read() throws(CommandFailure) -> CarenotesProgram {
        guard let path = HostFacts.carenotesSource() else {
            throw CommandFailure(
                .missingInput, "There is no carenotes to put into an image",
                why: "it lies neither beside careinit nor in \(Subprocess.searchPath)",
                fix: "build it beside careinit: swift build -c release --static-swift-stdlib --product carenotes")
        }
        let release = try release()
        guard let packages = packages[release] else {
            throw CommandFailure(
                .unavailable, "No base image fits carenotes", place: "/etc/os-release",
                why: "it was built on \(release); its libraries are known by their packages' names for "
                    + Self.packages.keys.sorted().joined(separator: " and "),
                fix: "build it on Debian 12 or 13")
        }
        var files: [File] = []
        for file in [path] + toolchainLibraries(of: path) {
            guard let contents = FileSystem.read(file, limit: 1 << 30) else {
                throw CommandFailure(.missingInput, "A file of carenotes cannot be read", place: file)
            }
            let name = file == path ? "carenotes" : file.split(separator: "/").last.map(String.init) ?? file
            files.append(File(name: name, contents: contents))
        }
        return CarenotesProgram(release: release, packages: packages, files: files)
    }

    private static func release() throws(CommandFailure) -> String {
        let bytes = FileSystem.read("/etc/os-release") ?? []
        return KeyValueFile.parse(bytes)["VERSION_CODENAME"] ?? "an unnamed release"
    }

    /// Those that the loader finds outside of the system's own folders. They lie beside the program in the image, where it
    /// looks for them, too ($ORIGIN).
    private static func toolchainLibraries(of path: String) -> [String] {
        guard let output = try? Subprocess(arguments: ["ldd", path]).run(), output.succeeded else { return [] }
        let paths = output.text.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            return words.count >= 3 && words[1] == "=>" ? String(words[2]) : nil
        }
        return paths.filter { $0.hasPrefix("/") && !$0.hasPrefix("/lib/") && !$0.hasPrefix("/usr/lib/") }
    }
}
