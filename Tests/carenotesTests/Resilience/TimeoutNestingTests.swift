import EnvSchema
import Templates
import Testing

@testable import carenotes

/// Every wait ends before that of whoever waits for it: the inner one gets to say why, and the outer one to try elsewhere.
struct TimeoutNestingTests {
    private let nginx = String(decoding: Templates.file("nginx/nginx.conf") ?? [], as: UTF8.self)

    /// The times of a directive of nginx, such as `12s`, in the order in which they stand. What is rendered into the template
    /// is never one of them, so that the rendered file has the same.
    private func times(_ directive: String) throws -> [Duration] {
        try nginx.split(separator: "\n").compactMap { line -> Duration? in
            let words = line.split(separator: " ")
            guard words.count == 2, words[0] == directive else { return nil }
            let value = words[1].dropLast()
            #expect(words[1].last == ";" && !value.contains("{"))
            let number = try #require(Int64(value.dropLast()))
            switch value.last {
            case "s": return .seconds(number)
            case "h": return .seconds(number * 3600)
            default: throw ServerFailure(what: "\(line) has no unit that this test knows")
            }
        }
    }

    @Test
    func `a call ends before the budget, that before nginx, that before the next replica's turn and the request`()
        throws
    {
        let database = DatabaseAccess.Limits()
        // The first is for every route; the other one is WebSocket's.
        let read = try #require(try times("proxy_read_timeout").first)
        let elsewhere = try #require(try times("proxy_next_upstream_timeout").first)
        #expect(try times("proxy_next_upstream_timeout").count == 1)
        let nesting = [database.call, database.budget, read, elsewhere, RequestDeadline.limit]
        #expect(nesting == [.seconds(5), .seconds(10), .seconds(12), .seconds(25), .seconds(30)])
        #expect(zip(nesting, nesting.dropFirst()).allSatisfy(<))
    }

    @Test func `what a request waits for beside the database leaves nginx its time`() throws {
        let read = try #require(try times("proxy_read_timeout").first)
        let queue = Bulkhead.Limits(threads: 1, queue: 1).patience
        let cache = Cache.Limits()
        let redis = cache.counting + cache.asking * 2
        #expect(redis <= .milliseconds(100))
        #expect(queue + redis + DatabaseAccess.Limits().budget < read)
    }

    @Test func `nginx may try twice before it gives up, and its idle connections end before ours`() throws {
        let read = try #require(try times("proxy_read_timeout").first)
        let elsewhere = try #require(try times("proxy_next_upstream_timeout").first)
        #expect(read * 2 < elsewhere)
        // nginx' own default for the connections of an upstream, which the template leaves as it is.
        #expect(try times("keepalive_timeout") == [.seconds(65)])
        #expect(ProgressRules().nextHeaders > .seconds(60))
        #expect(Duration.seconds(Int(HTTPServer.Limits.idleTimeout)) > .seconds(60))
    }

    @Test func `the slowest body leaves the database its time`() {
        let rules = ProgressRules()
        let body = rules.bodyGrace + .seconds(Double(Exchange.bodyLimit) / rules.bodyPace)
        let queue = Bulkhead.Limits(threads: 1, queue: 1).patience
        #expect(body + queue + DatabaseAccess.Limits().budget < RequestDeadline.limit)
    }

    @Test func `requests in flight end before nginx and careinit stop waiting for a replica`() throws {
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment))
        let shutdown = try #require(schema.variables.first { $0.name == "SHUTDOWN_TIMEOUT" })
        #expect(shutdown.defaultValue == "30000")
        #expect(try times("worker_shutdown_timeout") == [.seconds(35)])
    }
}
