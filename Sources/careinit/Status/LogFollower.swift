#if canImport(Glibc)
    import Glibc
#endif

/// Shows the ends of several log files, and then what is added to them. A file that is rotated is read from its start.
struct LogFollower {
    struct File: Sendable {
        var name: String
        var path: String
        /// How far it has been shown, in bytes.
        var offset = 0
        /// The inode: another one means that the file was rotated.
        var identity: UInt = 0
        /// The start of a line whose end has not been written yet.
        var rest: [UInt8] = []
    }

    private(set) var files: [File]
    private let width: Int

    init(files: [File]) {
        self.files = files
        width = files.count > 1 ? files.map(\.name.count).max() ?? 0 : 0
    }

    mutating func showEnd(lines count: Int, print: (String) -> Void) {
        for index in files.indices {
            let file = files[index]
            if let status = FileSystem.status(file.path) {
                (files[index].offset, files[index].identity) = (Int(status.st_size), status.st_ino)
            }
            for line in FileTail.lines(file.path, count: count) { print(labelled(line, file.name)) }
        }
    }

    mutating func showNew(print: (String) -> Void) {
        for index in files.indices {
            guard let status = FileSystem.status(files[index].path) else { continue }
            if status.st_ino != files[index].identity || status.st_size < files[index].offset {
                (files[index].identity, files[index].offset) = (status.st_ino, 0)
            }
            let news = FileTail.bytes(files[index].path, from: files[index].offset)
            files[index].offset += news.count
            var lines = (files[index].rest + news).split(
                separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            files[index].rest = Array(lines.removeLast())
            for line in lines { print(labelled(String(decoding: line, as: UTF8.self), files[index].name)) }
        }
    }

    /// Where several files are shown, each line says whose it is.
    private func labelled(_ line: String, _ name: String) -> String {
        width == 0 ? line : "\(name.padded(to: width)) | \(line)"
    }
}
