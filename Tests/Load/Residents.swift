import Transport

#if canImport(Glibc)
    import Glibc
#endif

/// Those about whom a run writes: taken in before its first write.
enum Residents {
    /// Their ids, in the order of the corpus.
    static func takeIn(_ corpus: Corpus, _ target: Target) throws(LoadFailure) -> [String] {
        var client = Client(target)
        var ids: [String] = []
        for number in 0..<corpus.residentCount { ids.append(try takeIn(number, corpus, target, &client)) }
        return ids
    }

    /// A service that is just starting is asked again for half a minute.
    private static func takeIn(
        _ number: Int, _ corpus: Corpus, _ target: Target, _ client: inout Client
    ) throws(LoadFailure) -> String {
        let key = corpus.key(ofResident: number)
        guard let request = try? NotesAPI.takeIn(number, key: key, authorization: target.authorization) else {
            throw LoadFailure(70, "no request")
        }
        var reason = ""
        for _ in 0..<30 {
            do throws(TransportError) {
                let reply = try client.send(request)
                if reply.isSuccess, let resident = NotesAPI.resident(reply) { return resident.id }
                reason = "status \(reply.status): \(reply.text.prefix(300))"
                if (400..<500).contains(reply.status), reply.status != 429 { break }
            } catch {
                reason = error.kind
            }
            sleep(1)
        }
        throw LoadFailure(69, "no resident can be taken in, which needs the role manager: \(reason)")
    }
}
