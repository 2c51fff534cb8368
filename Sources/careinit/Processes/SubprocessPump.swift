import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// Feeds a running program its input and gathers its output until it ends, is too late or is no longer wanted.
struct SubprocessPump {
    private let process: pid_t
    private let pipes: SpawnPipes
    private let program: Subprocess
    private let deadline: ContinuousClock.Instant
    private var unsent: ArraySlice<UInt8>
    private var output: [UInt8] = []
    private var error: [UInt8] = []
    private var hasEnded = false

    init(process: pid_t, pipes: SpawnPipes, program: Subprocess) {
        self.process = process
        self.pipes = pipes
        self.program = program
        deadline = .now + program.timeout
        unsent = program.input[...]
        for pipe in [pipes.input.writing, pipes.output.reading, pipes.error.reading] {
            _ = csystem_set_nonblocking(pipe.number)
        }
    }

    mutating func run(signals: TerminationSignals?) throws(Subprocess.Failure) -> Subprocess.Output {
        let watch = Descriptor(takingOwnershipOf: csystem_pidfd_open(process))
        if unsent.isEmpty { pipes.input.writing.close() }
        while !hasEnded {
            let remaining = ContinuousClock.now.duration(to: deadline)
            if remaining <= .zero { return finish(.timedOut) }
            wait(watch, signals: signals, atMost: remaining)
            if signals?.received != nil {
                _ = finish(.timedOut)
                throw .interrupted
            }
        }
        return finish(nil)
    }

    /// Waits for whatever comes first, and deals with it.
    private mutating func wait(_ watch: Descriptor, signals: TerminationSignals?, atMost remaining: Duration) {
        var set = [
            pollfd(fd: pipes.output.reading.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: pipes.error.reading.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: pipes.input.writing.number, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: watch.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        // Where pidfd_open(2) is missing, the end of the program is looked for ten times a second.
        let limit = watch.isOpen ? remaining.wholeMilliseconds : min(100, remaining.wholeMilliseconds)
        guard poll(&set, nfds_t(set.count), limit) >= 0 else { return }
        if set[0].revents != 0 { drain(pipes.output.reading, into: \.output) }
        if set[1].revents != 0 { drain(pipes.error.reading, into: \.error) }
        if set[2].revents != 0 { feed() }
        if set[3].revents != 0 || !watch.isOpen { hasEnded = Self.isOver(process) }
    }

    private mutating func feed() {
        // A program that stops reading its input is its own affair.
        let count = unsent.withUnsafeBytes { Glibc.write(pipes.input.writing.number, $0.baseAddress, $0.count) }
        if count > 0 { unsent = unsent.dropFirst(count) }
        if unsent.isEmpty || (count < 0 && errno != EAGAIN && errno != EINTR) { pipes.input.writing.close() }
    }

    /// Reads what is there; closes the stream at its end.
    private mutating func drain(_ stream: Descriptor, into buffer: WritableKeyPath<Self, [UInt8]>) {
        var chunk = [UInt8](repeating: 0, count: 65536)
        while stream.isOpen {
            let count = read(stream.number, &chunk, chunk.count)
            if count > 0 {
                program.echo?(chunk[..<count])
                self[keyPath: buffer] +=
                    chunk[..<min(count, max(0, program.outputLimit - self[keyPath: buffer].count))]
            } else if count == 0 {
                stream.close()
            } else if errno != EINTR {
                return
            }
        }
    }

    /// Whether the program has ended, without reaping it.
    private static func isOver(_ process: pid_t) -> Bool {
        var information = siginfo_t()
        let options = WEXITED | WNOHANG | WNOWAIT
        return retryingInterrupts { waitid(P_PID, id_t(process), &information, options) } != 0
            || information.si_signo == SIGCHLD
    }

    private func end() {
        // Alone where it has no process group of its own.
        let target = program.sharesTerminal ? process : -process
        let deadline = ContinuousClock.now + program.grace
        if program.grace > .zero { kill(target, SIGTERM) }
        while ContinuousClock.now < deadline, !Self.isOver(process) { Pause.milliseconds(20) }
        kill(target, SIGKILL)
    }

    /// Takes the rest of the output, ends whatever is left of the program's process group, and reaps the program.
    private mutating func finish(_ ending: Subprocess.Ending?) -> Subprocess.Output {
        if ending != nil { end() }
        var status: Int32 = 0
        _ = retryingInterrupts { waitpid(process, &status, 0) }
        drain(pipes.output.reading, into: \.output)
        drain(pipes.error.reading, into: \.error)
        let signal = status & 0x7f
        let natural: Subprocess.Ending = signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
        return Subprocess.Output(ending: ending ?? natural, standardOutput: output, standardError: error)
    }
}

extension Duration {
    /// Rounded up, so that waiting that long is never too short; at most Int32.max.
    var wholeMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: max(0, milliseconds))
    }

    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
