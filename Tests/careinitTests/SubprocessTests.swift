import Glibc
import Synchronization
import Testing

@testable import careinit

@Suite struct SubprocessTests {
    @Test func `input goes in, both outputs come out, and the exit code is told`() throws {
        var program = Subprocess(arguments: ["sh", "-c", "cat; echo problem >&2; exit 3"])
        program.input = Array("hello".utf8)
        let output = try program.run()
        #expect(output.ending == .exited(3))
        #expect(output.text == "hello")
        #expect(output.errorText == "problem\n")
        #expect(!output.succeeded)
    }

    @Test func `a megabyte each way does not block`() throws {
        var program = Subprocess(arguments: ["cat"])
        program.input = [UInt8](repeating: 65, count: 1 << 20)
        #expect(try program.run().standardOutput == program.input)
    }

    @Test func `what is written is echoed while the program runs, whatever is kept`() throws {
        let heard = Mutex<[UInt8]>([])
        var program = Subprocess(arguments: ["sh", "-c", "echo one; echo two >&2; head -c 300000 /dev/zero"])
        program.outputLimit = 1
        program.echo = { bytes in heard.withLock { $0 += bytes } }
        #expect(try program.run().standardOutput.count == 1)
        #expect(heard.withLock { $0.count } == 300_008)
    }

    @Test func `a program may clean up after SIGTERM, before it is killed`() throws {
        var program = Subprocess(arguments: [
            "sh", "-c", "trap 'echo cleaned; exit 0' TERM; echo on; while :; do sleep 0.1; done",
        ])
        program.timeout = .milliseconds(500)
        program.grace = .seconds(30)
        let output = try program.run()
        #expect(output.ending == .timedOut)
        #expect(output.text == "on\ncleaned\n")
    }

    @Test func `output beyond the limit is dropped`() throws {
        var program = Subprocess(arguments: ["sh", "-c", "head -c 300000 /dev/zero"])
        program.outputLimit = 1000
        #expect(try program.run().standardOutput.count == 1000)
    }

    @Test func `a program that does not read its input is no error`() throws {
        var program = Subprocess(arguments: ["true"])
        program.input = [UInt8](repeating: 65, count: 1 << 20)
        #expect(try program.run().succeeded)
    }

    @Test func `nothing of the environment is inherited`() throws {
        var program = Subprocess(arguments: ["env"])
        program.environment = ["PATH": "/usr/bin", "ONLY": "this"]
        #expect(try program.run().text == "ONLY=this\nPATH=/usr/bin\n")
    }

    @Test func `it runs where it is told to`() throws {
        #expect(try Subprocess(arguments: ["pwd"], directory: "/usr").run().text == "/usr\n")
    }

    @Test func `what takes too long is killed with its children`() throws {
        var program = Subprocess(arguments: ["sh", "-c", "sleep 600 & echo $!; wait"])
        // Long enough for the shell to print its child's number on a busy machine.
        program.timeout = .seconds(3)
        let output = try program.run()
        #expect(output.ending == .timedOut)
        let child = try #require(Int32(output.text.dropLast()))
        var isGone = false
        for _ in 0..<100 where !isGone {
            let entry = ProcessTable.entry(child)
            isGone = entry == nil || entry?.state == "Z"
            if !isGone { usleep(50_000) }
        }
        #expect(isGone)
    }

    @Test func `a grandchild that keeps the output open does not hold up the end`() throws {
        let output = try Subprocess(arguments: ["sh", "-c", "sleep 2 & echo done"]).run()
        #expect(output.ending == .exited(0))
        #expect(output.text == "done\n")
    }

    @Test func `death by a signal is told apart from an exit`() throws {
        #expect(try Subprocess(arguments: ["sh", "-c", "kill -9 $$"]).run().ending == .signalled(9))
    }

    @Test func `a program that does not exist is named`() {
        #expect(throws: Subprocess.Failure.notFound("no-such-program")) {
            try Subprocess(arguments: ["no-such-program"]).run()
        }
    }

    @Test func `another user is reached through setpriv`() {
        var program = Subprocess(arguments: ["id"])
        program.user = UserAccount(name: "x", identifier: 54321, group: 54322, home: "/")
        #expect(
            program.effectiveArguments == [
                "/usr/bin/setpriv", "--reuid", "54321", "--regid", "54322", "--init-groups", "--", "id",
            ])
    }
}
