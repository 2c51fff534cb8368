import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Stacks that cannot come up as they are.
@Suite(
    .serialized, .enabled(if: ScratchStack.isPossible),
    .enabled(if: StackRuntime.isNative, "what fails here is processes and files of this machine")
) struct FailedStartTests {
    @Test func `a .env with findings is refused with 65, and nothing starts`() throws {
        let stack = try ScratchStack()
        let text = SettingsFiles.replacing("DB_PORT", by: "DB_PORT=postgres", in: stack.settings)
        try Files.write(Array(text.utf8), to: stack.folder[".env"])
        let outcome = try stack.careinit("up")
        #expect(outcome.code == 65, "\(outcome)")
        #expect(missing(["DB_PORT", "invalid-value"], in: outcome.error) == [])
        #expect(ProcessEntry.belonging(to: stack.folder.path).isEmpty)
    }

    @Test func `a port in use is named before anything starts, with who holds it`() throws {
        let stack = try ScratchStack()
        let port = stack.port("REDIS_PORT")
        let descriptor = try #require(Ports.listen("127.0.0.1", port))
        defer { close(descriptor) }
        let outcome = try stack.careinit("up")
        #expect(outcome.code != 0)
        #expect(missing(["\(port)", "REDIS_PORT", "\(getpid())"], in: outcome.error) == [], "\(outcome)")
        #expect(ProcessEntry.belonging(to: stack.folder.path).isEmpty)
    }

    @Test func `a certificate without its key is refused before anything starts`() throws {
        let stack = try ScratchStack()
        try stack.folder.write("no key\n", to: "certs/privkey.pem")
        let outcome = try stack.careinit("up")
        #expect(outcome.code != 0)
        #expect(missing(["key", "PEM", "Fix: "], in: outcome.error) == [], "\(outcome)")
        #expect(ProcessEntry.belonging(to: stack.folder.path).isEmpty)
    }

    @Test func `down of a stack that does not run is no failure`() throws {
        let stack = try ScratchStack()
        #expect(try stack.careinit("down").code == 0)
        #expect(try stack.careinit("status").code != 0)
    }

    /// Its data were made by a PostgreSQL that there is none of.
    @Test func `a member that does not come up is named with the end of its log, and the rest serves`() throws {
        try ScratchStack.withOne { stack in
            try stack.up()
            try stack.careinit("down")
            let version = "\(stack.state)/data/pg-3/pgdata/PG_VERSION"
            #expect(Files.exists(version))
            overwrite(version, with: Array("9.0\n".utf8))
            let outcome = try stack.careinit("up", "--timeout", "40")
            #expect(outcome.code == 69, "\(outcome)")
            let log = "\(stack.state)/logs/pg-3.log"
            #expect(missing(["Not healthy: pg-3;", "The end of \(log)"], in: outcome.error) == [], "\(outcome)")
            #expect(try stack.curl("--fail", "\(stack.origin)/api/health/ready").code == 0)
            let status = try stack.careinit("status")
            #expect(status.code == 69, "\(status)")
        }
    }

    /// In place, so that owner and mode stay.
    private func overwrite(_ path: String, with bytes: [UInt8]) {
        let descriptor = open(path, O_WRONLY | O_TRUNC)
        _ = write(descriptor, bytes, bytes.count)
        close(descriptor)
    }
}
