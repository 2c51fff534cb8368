import FoundationEssentials
import Transport

#if canImport(Glibc)
    import Glibc
#endif

/// `careload verify`: whether every acknowledged write is stored exactly once.
enum VerifyCommand {
    /// Reads may come from a standby that has not replayed the last writes yet: what is missing is looked for again.
    private static let rounds = 10

    static func run(_ words: ArraySlice<String>) throws -> Int32 {
        let options = try Options(words, known: Target.options.union(["--ledger"]))
        let target = try Target(options)
        let path = try options.required("--ledger")
        let ledger: [LedgerLine]
        switch LedgerLine.parse(try TextFile.read(path)) {
        case .success(let lines): ledger = lines
        case .failure(let bad): throw LoadFailure(65, "\(path):\(bad.number) is not a line of a ledger")
        }
        var verdict = Verdict(ledger: ledger, stored: try notes(about: ledger, target))
        for _ in 1..<rounds where !verdict.missing.isEmpty {
            sleep(1)
            verdict = Verdict(ledger: ledger, stored: try notes(about: ledger, target))
        }
        print(try JSONLine.text(verdict))
        return verdict.isGood ? 0 : 1
    }

    private static func notes(about ledger: [LedgerLine], _ target: Target) throws(LoadFailure) -> [NotesAPI.Note]
    {
        var client = Client(target)
        var notes: [NotesAPI.Note] = []
        for resident in Set(ledger.map(\.resident)).sorted() {
            var cursor: String?
            repeat {
                let page = try page(resident, cursor, target, &client)
                guard page.next == nil || page.next != cursor else {
                    throw LoadFailure(1, "the service gives the same cursor twice")
                }
                notes += page.notes
                cursor = page.next
            } while cursor != nil
        }
        return notes
    }

    /// One page; a service that is just recovering is asked again for half a minute.
    private static func page(
        _ resident: String, _ cursor: String?, _ target: Target, _ client: inout Client
    ) throws(LoadFailure) -> NotesAPI.Page {
        var reason = ""
        for _ in 0..<30 {
            do throws(TransportError) {
                let reply = try client.send(
                    NotesAPI.list(resident: resident, cursor: cursor, authorization: target.authorization))
                if reply.status == 200, let page = NotesAPI.page(reply) { return page }
                reason = "status \(reply.status): \(reply.text.prefix(300))"
                if (400..<500).contains(reply.status), reply.status != 429 { break }
            } catch {
                reason = error.kind
            }
            sleep(1)
        }
        throw LoadFailure(69, "the notes cannot be listed: \(reason)")
    }
}
