import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// `careinit seal` and `careinit unseal` with the real age.
@Suite struct SealTests {
    let folder: ScratchFolder
    let contents: [UInt8]
    let recipient: String

    init() throws {
        folder = try ScratchFolder()
        contents = Files.read(try SettingsFiles.provision(in: folder))
        _ = try Self.succeed(["age-keygen", "-o", "key.txt"], folder)
        _ = try Self.succeed(["age-keygen", "-o", "other.txt"], folder)
        recipient = try Self.succeed(["age-keygen", "-y", "key.txt"], folder).output
            .trimmingNewlines
    }

    @discardableResult
    private static func succeed(_ words: [String], _ folder: ScratchFolder) throws -> Outcome {
        let outcome = try run(words, in: folder.path)
        guard outcome.code == 0 else { throw HarnessError("\(words): \(outcome)") }
        return outcome
    }

    /// Nothing but what was there before, half-written files included.
    private var names: [String] { Files.names(in: folder.path).sorted() }

    @Test func `what was sealed for a key opens with it, byte for byte, and both files are the owner's`() throws {
        let sealed = try careinit("seal", "--recipient", recipient, "--output", "s.age", in: folder.path)
        #expect(sealed.code == 0 && sealed.output.contains("Sealed .env as s.age"), "\(sealed)")
        #expect(Files.mode(folder["s.age"]) == 0o600)
        #expect(Files.read(folder["s.age"]).firstRange(of: contents.suffix(40)) == nil)
        let opened = try careinit("unseal", "-i", "key.txt", "-o", "new.env", "s.age", in: folder.path)
        #expect(opened.code == 0, "\(opened)")
        #expect(Files.read(folder["new.env"]) == contents && Files.mode(folder["new.env"]) == 0o600)
        #expect(Files.read(folder[".env"]) == contents)
    }

    @Test func `files of recipients and ssh keys will do, and each of them opens it`() throws {
        try Self.succeed(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "ssh"], folder)
        try Files.write(Array((recipient + "\n").utf8), to: folder["team.txt"])
        let sealed = try careinit("seal", "-r", "team.txt", "-r", "ssh.pub", "-o", ".env.age", in: folder.path)
        #expect(sealed.code == 0, "\(sealed)")
        for key in ["ssh", "key.txt"] {
            let opened = try careinit("unseal", "-i", key, "-o", "new.env", "--force", in: folder.path)
            #expect(opened.code == 0 && Files.read(folder["new.env"]) == contents, "\(opened)")
        }
    }

    @Test func `a wrong key, a file cut short and a changed one are named as such, and nothing is written`() throws
    {
        _ = try careinit("seal", "-r", recipient, "-o", "s.age", in: folder.path)
        let sealed = Files.read(folder["s.age"])
        let before = names
        let wrong = try careinit("unseal", "-i", "other.txt", "-o", "new.env", "s.age", in: folder.path)
        #expect(wrong.code == 65 && wrong.error.contains("not sealed for this key"), "\(wrong)")
        for count in [sealed.count - 1, sealed.count / 2, 120, 30, 22, 0] {
            try Files.write(Array(sealed.prefix(count)), to: folder["s.age"])
            let outcome = try careinit("unseal", "-i", "key.txt", "-o", "new.env", "s.age", in: folder.path)
            #expect(outcome.code == 65 && outcome.error.contains("damaged"), "\(count): \(outcome)")
            #expect(names == before)
        }
        for place in stride(from: 10, to: sealed.count, by: max(1, sealed.count / 25)) {
            var changed = sealed
            changed[place] ^= 1
            try Files.write(changed, to: folder["s.age"])
            let outcome = try careinit("unseal", "-i", "key.txt", "-o", "new.env", "s.age", in: folder.path)
            #expect(outcome.code == 65, "\(place): \(outcome)")
            #expect(names == before)
        }
    }

    @Test func `what exists stays unless --force is given`() throws {
        try Files.write(Array("mine".utf8), to: folder["s.age"])
        let refused = try careinit("seal", "-r", recipient, "-o", "s.age", in: folder.path)
        #expect(refused.code == 73 && refused.error.contains("--force"), "\(refused)")
        #expect(Files.read(folder["s.age"]) == Array("mine".utf8))
        let forced = try careinit("seal", "-r", recipient, "-o", "s.age", "--force", in: folder.path)
        #expect(forced.code == 0, "\(forced)")
    }

    @Test(arguments: [
        (["seal", "-o", "x"], Int32(64), "--recipient"), (["seal", "-r", "age1qqqq"], 64, "--output"),
        (["seal", "-r", "nowhere.pub", "-o", "x"], 64, "neither a public key nor a file"),
        (["seal", "-r", "age1qqqq", "-o", "x"], 64, "no such recipient"),
        (["seal", "-r", "AGE-SECRET-KEY-1QQQQ", "-o", "x"], 64, "private key stands on the command line"),
        (["seal", "-r", "age1qqqq", "-o", "x", "nothing.env"], 66, "nothing.env"),
        (["seal", "-r", "age1qqqq", "-o", "./.env", "--force"], 64, "same file"),
        (["unseal", "-o", "x", ".env"], 64, "--identity"),
        (
            ["unseal", "-i", "AGE-SECRET-KEY-1QQQQ", "-o", "x", ".env"], 64,
            "private key stands on the command line"
        ),
        (["unseal", "-i", "nokey.txt", "-o", "x", ".env"], 66, "no such key"),
        (["unseal", "-i", "key.txt", "-o", "x", ".env"], 65, "no file that age has sealed"),
        (["unseal", "-i", "key.txt", "-o", "x"], 66, ".env.age"),
    ])
    func `a wrong command line is explained, and nothing is written`(
        words: [String], code: Int32, text: String
    ) throws {
        let before = names
        let outcome = try run([Programs.careinit] + words, in: folder.path)
        #expect(outcome.code == code && outcome.error.contains(text), "\(outcome)")
        #expect(!outcome.error.contains("KEY-1QQQQ"))
        #expect(names == before)
    }

    @Test func `age asks for the passphrase of a key at the terminal`() throws {
        try Self.succeed(["ssh-keygen", "-q", "-t", "ed25519", "-N", "correct horse", "-f", "ssh"], folder)
        _ = try careinit("seal", "-r", "ssh.pub", "-o", "s.age", in: folder.path)
        let terminal = try PseudoTerminal()
        let words = [Programs.careinit, "unseal", "-i", "ssh", "-o", "new.env", "s.age"]
        let process = try terminal.start(words, folder: folder.path)
        try terminal.expect("passphrase")
        // age asks first, and then lets the terminal echo no more.
        for _ in 0..<1200 where terminal.settings == terminal.original { usleep(25_000) }
        terminal.send("correct horse\r")
        try terminal.expect("Opened s.age")
        #expect(try process.outcome(within: .seconds(30)).code == 0)
        #expect(Files.read(folder["new.env"]) == contents)
        #expect(!terminal.screen().contains("horse") && terminal.settings == terminal.original)
    }

    /// In a mount namespace of its own, where the program is hidden; only root can have one.
    @Test(.enabled(if: geteuid() == 0)) func `without age it says how to get it`() throws {
        let hidden = try run(
            [
                "unshare", "--mount", "sh", "-c",
                "mount --bind /dev/null /usr/bin/age && exec \"$0\" seal -r age1qqqq -o s.age", Programs.careinit,
            ], in: folder.path)
        #expect(hidden.code == 69 && hidden.error.contains("apt-get install age"), "\(hidden)")
    }
}

extension String {
    fileprivate var trimmingNewlines: String { String(split(separator: "\n").last ?? "") }
}
