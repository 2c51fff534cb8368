#if canImport(Glibc)
    import Glibc
#endif

/// The files that an image is built from, in a folder of their own for as long as that takes. It holds no secret.
struct BuildContext {
    let folder: String

    init(_ files: [(path: String, contents: [UInt8])]) throws(CommandFailure) {
        var template = Array("/tmp/careinit-image-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            let error = SystemError.last("mkdtemp", "/tmp")
            throw CommandFailure(
                .cannotCreate, "There is no room for an image's files", place: "/tmp", why: error.reason)
        }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do throws(SystemError) {
            var tree = FileTree()
            for file in files {
                let path = "\(folder)/\(file.path)"
                if path.parentPath != folder { try FileSystem.makeFolder(path.parentPath, mode: 0o755) }
                try tree.create(path, file.contents, mode: 0o755)
            }
        } catch {
            remove()
            throw FileTree.failure(error)
        }
    }

    func remove() { try? FileTree.remove(folder) }
}
