import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Where careinit cannot write, what was there stays whole.
@Suite struct UnwritableTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// A valid file with one value to change.
    private func existing() throws -> [UInt8] {
        try SettingsFiles.provision(in: folder)
        return Files.read(folder[".env"])
    }

    @Test(.enabled(if: Privileges.canChangeUser))
    func `no permission to write is 77`() throws {
        let outcome = try careinit(
            "provision", "--profile", "local", "--no-input", in: folder.path, as: Privileges.nobody)
        #expect(outcome.code == 77, "\(outcome)")
        #expect(missing([folder.path, "Fix: "], in: outcome.error) == [], "\(outcome)")
        #expect(Files.names(in: folder.path) == [])
    }

    @Test(.enabled(if: Privileges.canChangeUser))
    func `no permission to change the file is 77, and it stays`() throws {
        let before = try existing()
        // The state folder is the user's; the folder of .env is not, and so nothing can be replaced in it.
        for path in [
            ".careinit", ".careinit/lock", ".careinit/run", ".careinit/logs", ".env", "certs/privkey.pem",
        ] {
            chown(folder[path], Privileges.nobody, Privileges.nobody)
        }
        let outcome = try careinit(
            "provision", "--profile", "local", "--no-input", "--set", "APP_NAME=Rosewood", in: folder.path,
            as: Privileges.nobody)
        #expect(outcome.code == 77, "\(outcome)")
        #expect(missing([".env", "Fix: "], in: outcome.error) == [], "\(outcome)")
        #expect(Files.read(folder[".env"]) == before)
    }

    /// EFBIG takes the same way as ENOSPC, and needs no right to mount.
    @Test func `a file that may not grow is 73, and the old one stays`() throws {
        let before = try existing()
        let names = Files.names(in: folder.path)
        let outcome = try run(
            ["prlimit", "--fsize=2048", "--", Programs.careinit, "provision", "--set", "APP_NAME=Rosewood"],
            in: folder.path)
        #expect(outcome.code == 73, "\(outcome)")
        #expect(missing(["could not be written", "as it was", "Fix: "], in: outcome.error) == [], "\(outcome)")
        #expect(Files.read(folder[".env"]) == before)
        #expect(Files.names(in: folder.path) == names)
    }

    @Test(.enabled(if: Privileges.canMount))
    func `a full disk is 73, and the old file stays`() throws {
        let disk = folder["disk"]
        mkdir(disk, 0o711)
        // Room for one .env, the copy of its template, the log of changes and the folders of the state; the rest is filled up.
        try #require(mount("tmpfs", disk, "tmpfs", 0, "size=192k") == 0)
        defer { umount2(disk, Int32(MNT_DETACH)) }
        let first = try careinit("provision", "--profile", "local", "--no-input", in: disk)
        try #require(first.code == 0, "\(first)")
        let before = Files.read("\(disk)/.env")
        let filler = try fill(disk)
        let names = Files.names(in: disk)
        let outcome = try careinit("provision", "--set", "APP_NAME=Rosewood", in: disk)
        #expect(outcome.code == 73, "\(outcome)")
        #expect(missing(["No space left on device", "make room"], in: outcome.error) == [], "\(outcome)")
        #expect(Files.read("\(disk)/.env") == before)
        #expect(Files.names(in: disk) == names)
        unlink(filler)
        #expect(try careinit("provision", "--set", "APP_NAME=Rosewood", in: disk).code != 75)
    }

    /// Writes until the disk takes no more.
    private func fill(_ disk: String) throws -> String {
        let path = "\(disk)/filler"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        let page = [UInt8](repeating: 1, count: 4096)
        while write(descriptor, page, page.count) > 0 {}
        try #require(errno == ENOSPC)
        return path
    }
}
