import Foundation
import Secrets
import Testing

@Suite struct AtomicFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [UInt32(0o600), 0o640, 0o644, 0o400])
    func `a file has its bytes and exactly its mode, whatever the umask`(mode: UInt32) throws {
        let path = folder.file("file")
        try AtomicFile.write(Array("new".utf8), to: path, mode: mode)
        #expect(try AtomicFile.read(path, limit: 3) == Array("new".utf8))
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o7777 == mode)
        #expect(folder.names == ["file"])
    }

    @Test func `the new file replaces the old one, longer or shorter`() throws {
        let path = folder.file("file")
        for text in ["first and longer", "second", ""] {
            try AtomicFile.write(Array(text.utf8), to: path)
            #expect(try AtomicFile.read(path, limit: 100) == Array(text.utf8))
        }
    }

    @Test func `what an abandoned writer left is removed, what a living one writes is not`() throws {
        let abandoned = folder.file(".file.0123456789abcdef.careinit-tmp")
        let living = folder.file(".file.fedcba9876543210.careinit-tmp")
        let other = folder.file(".other.0123456789abcdef.careinit-tmp")
        for path in [abandoned, living, other] {
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
        }
        let descriptor = open(living, O_RDONLY)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        try AtomicFile.write([1], to: folder.file("file"))
        #expect(
            folder.names == [
                ".file.fedcba9876543210.careinit-tmp", ".other.0123456789abcdef.careinit-tmp", "file",
            ])
    }

    @Test func `a symbolic link is neither followed nor replaced`() throws {
        try AtomicFile.write([1], to: folder.file("target"))
        #expect(symlink("target", folder.file("link")) == 0)
        let failure = FileError(.create, path: folder.file("link"), errno: ELOOP)
        #expect(throws: failure) { try AtomicFile.write([2], to: folder.file("link")) }
        #expect(try AtomicFile.read(folder.file("target"), limit: 1) == [1])
    }

    @Test func `what is no regular file or too long is not read`() throws {
        try AtomicFile.write([1, 2, 3], to: folder.file("file"))
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        let failures: [(String, Int32)] = [
            (folder.file("file"), EFBIG), (folder.path, EISDIR), (folder.file("pipe"), EINVAL),
            ("/dev/zero", EINVAL),
        ]
        for (path, errno) in failures {
            #expect(throws: FileError(.read, path: path, errno: errno)) { try AtomicFile.read(path, limit: 2) }
        }
        let missing = folder.file("missing")
        #expect(throws: FileError(.open, path: missing, errno: ENOENT)) { try AtomicFile.read(missing, limit: 2) }
    }

    @Test func `a folder that is missing or may not be written is named with its errno`() throws {
        let missing = folder.file("none/file")
        #expect(throws: FileError(.create, path: missing, errno: ENOENT)) {
            try AtomicFile.write([1], to: missing)
        }
        let path = folder.file("file")
        try AtomicFile.write([1], to: path)
        #expect(chmod(folder.path, 0o500) == 0)
        defer { chmod(folder.path, 0o700) }
        // The file-system user of this thread only: root's own right to write everywhere would hide the refusal.
        if geteuid() == 0 { chmod(folder.path, 0o555) }
        setFileSystemUser(65534)
        defer { setFileSystemUser(geteuid()) }
        #expect(throws: FileError(.create, path: path, errno: EACCES)) { try AtomicFile.write([2], to: path) }
    }

    @Test func `a failed rename leaves no temporary file`() throws {
        let path = folder.file("folder")
        #expect(mkdir(path, 0o700) == 0)
        #expect(throws: FileError(.rename, path: path, errno: EISDIR)) { try AtomicFile.write([1], to: path) }
        #expect(folder.names == ["folder"])
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "mounting a file system needs root"))
    func `a full disk leaves the old file and nothing else`() throws {
        let disk = try SmallDisk()
        let path = disk.path + "/file"
        try AtomicFile.write([1], to: path)
        let tooMuch = [UInt8](repeating: 2, count: 1 << 20)
        #expect(throws: FileError(.write, path: path, errno: ENOSPC)) { try AtomicFile.write(tooMuch, to: path) }
        #expect(try AtomicFile.read(path, limit: 10) == [1])
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["file"])
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "mounting a file system needs root"))
    func `a read-only disk is named as such`() throws {
        let disk = try SmallDisk()
        let path = disk.path + "/file"
        try AtomicFile.write([1], to: path)
        #expect(mount("none", disk.path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
        #expect(throws: FileError(.create, path: path, errno: EROFS)) { try AtomicFile.write([2], to: path) }
        #expect(try AtomicFile.read(path, limit: 10) == [1])
    }
}

/// A file system of 64 KiB, there for as long as this value.
private final class SmallDisk {
    let path: String
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/disk"
        mkdir(path, 0o700)
        guard mount("none", path, "tmpfs", 0, "size=64k") == 0 else {
            throw FileError(.create, path: path, errno: errno)
        }
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }

    static let canBeMade: Bool = (try? SmallDisk()) != nil
}

/// setfsuid(2), which Swift's Glibc module does not name. Without effect for anyone but root.
private func setFileSystemUser(_ user: uid_t) {
    typealias Call = @convention(c) (uid_t) -> Int32
    guard let symbol = dlsym(nil, "setfsuid") else { return }
    _ = unsafeBitCast(symbol, to: Call.self)(user)
}
