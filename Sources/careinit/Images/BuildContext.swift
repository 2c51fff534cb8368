/// The files that an image is built from, in a folder of their own for as long as that takes. It holds no secret.
struct BuildContext {
    let folder: String

    init(_ files: [(path: String, contents: [UInt8])]) throws(CommandFailure) {
        folder = try TemporaryFolder.make("image")
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
