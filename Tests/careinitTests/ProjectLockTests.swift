import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct ProjectLockTests {
    private let folder = TemporaryFolder()
    private var project: Project {
        Project(environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit")
    }

    @Test func `the second careinit is told who holds the lock, since when, and gets 75`() throws {
        let lock = try ProjectLock.acquire(project, command: "up", now: 1_795_433_400)
        let failure = #expect(throws: CommandFailure.self) {
            try ProjectLock.acquire(project, command: "down", now: 1_795_433_442)
        }
        #expect(failure?.exitCode == .locked)
        #expect(failure?.why?.contains("process \(getpid()) ") == true)
        #expect(failure?.why?.contains("`careinit up` since 2026-11-23T") == true)
        #expect(failure?.why?.contains("(42 s)") == true)
        withExtendedLifetime(lock) {}
    }

    @Test func `the lock is free again when its owner goes away`() throws {
        do { _ = try ProjectLock.acquire(project, command: "up") }
        try acquireSoon()
    }

    /// A program that another test starts has every open file for a moment, until it becomes that program.
    private func acquireSoon() throws {
        for _ in 0..<200 {
            if (try? ProjectLock.acquire(project, command: "down")) != nil { return }
            usleep(50_000)
        }
        _ = try ProjectLock.acquire(project, command: "down")
    }

    @Test func `a program that careinit starts does not keep the lock`() throws {
        do {
            let lock = try ProjectLock.acquire(project, command: "up")
            _ = try Subprocess(arguments: ["sh", "-c", "sleep 2 &"]).run()
            withExtendedLifetime(lock) {}
        }
        // Long before the program's end.
        for _ in 0..<10 where (try? ProjectLock.acquire(project, command: "down")) == nil { usleep(50_000) }
        _ = try ProjectLock.acquire(project, command: "down")
    }

    @Test func `the lock file is for its owner only, the state folder lets services through`() throws {
        _ = try ProjectLock.acquire(project, command: "up")
        #expect(FileSystem.status(project.lockFile).map { $0.st_mode & 0o777 } == 0o600)
        #expect(FileSystem.status(project.stateDirectory).map { $0.st_mode & 0o777 } == 0o711)
    }
}
