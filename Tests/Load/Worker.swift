import Secrets
import Synchronization
import Transport

/// What all connections of a run share.
final class Run: Sendable {
    static let options: Set<String> = [
        "--rate", "--connections", "--duration", "--ledger", "--write-share", "--paths", "--residents", "--seed",
    ]

    let target: Target
    let schedule: Schedule
    let corpus: Corpus
    let connections: Int
    let paths: [String]
    let ledger: LedgerFile
    /// The ids of the corpus' residents; empty where nothing is asked about any.
    let residents: [String]
    let watch: Stopwatch
    private let nextSlot = Atomic<Int>(0)

    init(_ options: Options) throws(LoadFailure) {
        target = try Target(options)
        schedule = Schedule(
            rate: try options.number("--rate", units: ["/s"], limit: 1e6),
            seconds: try options.number("--duration", units: ["s"], limit: 1e6),
            writesPerMillion: try options.share("--write-share", default: 300_000))
        connections = Int(try options.number("--connections", limit: 4096).rounded(.up))
        paths = (options.text("--paths") ?? "/api/health").split(separator: ",").map(String.init)
        guard !paths.isEmpty, paths.allSatisfy({ $0.hasPrefix("/") }) else {
            throw LoadFailure(64, "--paths is not a list such as /api/health,/api/health/ready")
        }
        let seed = options.text("--seed") ?? String(Stopwatch.wallClock(), radix: 36)
        guard !seed.contains(where: \.isWhitespace) else { throw LoadFailure(64, "--seed has a space in it") }
        corpus = Corpus(
            seed: seed, residentCount: Int(try options.number("--residents", default: 8, limit: 1e6).rounded(.up)))
        ledger = try LedgerFile(appendingTo: try options.required("--ledger"))
        let needsResidents = schedule.writesPerMillion > 0 || paths.contains { $0.contains("{resident}") }
        residents = needsResidents ? try Residents.takeIn(corpus, target) : []
        watch = Stopwatch()
    }

    /// The next request of the schedule, whichever connection is free for it; nil when none is left, or time is up.
    /// Those that are due but could not be sent by then are given up a second later, as unsent.
    func takeSlot() -> Int? {
        let isOver = Double(watch.nanoseconds) / 1e9 > schedule.seconds + 1
        guard !isOver, !Stop.isAsked.load(ordering: .relaxed) else { return nil }
        let slot = nextSlot.add(1, ordering: .relaxed).oldValue
        return slot < schedule.count ? slot : nil
    }
}

/// One connection's part of the run.
struct Worker {
    let run: Run
    private var client: Client
    private(set) var tally = Tally()

    init(_ run: Run) {
        self.run = run
        client = Client(run.target)
    }

    mutating func work() {
        while let slot = run.takeSlot() {
            let due = run.schedule.offset(of: slot)
            run.watch.wait(until: due)
            if Stop.isAsked.load(ordering: .relaxed) { break }
            tally.sent += 1
            let isWrite = run.schedule.isWrite(slot)
            guard let kind = failure(of: slot, isWrite: isWrite, due: due) else { continue }
            tally.failures[kind, default: 0] += 1
            if isWrite { tally.failedWrites.append(due...max(due, run.watch.nanoseconds)) }
        }
        tally.retries = client.retries
    }

    /// Sends the request of that slot; nil where it succeeded.
    private mutating func failure(of slot: Int, isWrite: Bool, due: Int64) -> String? {
        let writes = run.schedule.writes(before: slot)
        do throws(TransportError) {
            return isWrite ? try write(writes, due: due) : try read(slot - writes, due: due)
        } catch {
            return error.kind
        }
    }

    private mutating func write(_ number: Int, due: Int64) throws(TransportError) -> String? {
        let corpus = run.corpus
        let resident = run.residents[corpus.resident(of: number)]
        let (text, key) = (corpus.text(of: number), corpus.key(of: number))
        guard
            let request = try? NotesAPI.create(
                text, resident: resident, key: key, authorization: run.target.authorization)
        else { return "no request" }
        let reply = try client.send(request)
        guard reply.isSuccess else { return "status \(reply.status)" }
        guard let note = NotesAPI.note(reply) else { return "unreadable reply" }
        let line = LedgerLine(
            key: key, noteID: note.id, resident: resident, textHash: Digest.sha256Hex(Array(text.utf8)),
            time: Stopwatch.wallClock())
        do throws(LoadFailure) { try run.ledger.append(line) } catch { return error.message }
        let now = run.watch.nanoseconds
        tally.acknowledgements.append(now)
        tally.writeLatency.record((now - due) / 1000)
        return nil
    }

    private mutating func read(_ number: Int, due: Int64) throws(TransportError) -> String? {
        let template = run.paths[number % run.paths.count]
        let path =
            run.residents.isEmpty
            ? template : template.replacing("{resident}", with: run.residents[run.corpus.resident(of: number)])
        let needsToken = ["/api/notes", "/api/residents", "/api/records"].contains { path.hasPrefix($0) }
        let headers = needsToken ? [run.target.authorization] : []
        let reply = try client.send(.get(path, headers: headers))
        guard reply.isSuccess else { return "status \(reply.status)" }
        tally.reads += 1
        tally.readLatency.record((run.watch.nanoseconds - due) / 1000)
        if let instance = NotesAPI.instance(in: reply.body) { tally.instances[instance, default: 0] += 1 }
        return nil
    }
}
