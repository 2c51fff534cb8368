import Foundation
import Testing

@testable import carenotes

struct MetricsReplyTests {
    /// What is asked for first, so that there is something to show.
    private static func scrape(after paths: [String]) throws -> String {
        let service = try ScratchService()
        for path in paths { _ = RawClient.get(path, port: service.port) }
        let reply = RawClient.get("/api/metrics", port: service.port)
        return reply.firstRange(of: "\r\n\r\n").map { String(reply[$0.upperBound...]) } ?? ""
    }

    @Test func `requests are counted and timed by template, method and class of status`() throws {
        let text = try Self.scrape(after: ["/api/health", "/api/notes/Canary-1", "/api/Canary-2"])
        let labels = #"{route="/api/notes/{id}",method="GET",status_class="5xx""#
        #expect(text.contains("\nhttp_request_duration_seconds_bucket\(labels),le=\"+Inf\"} 1\n"))
        #expect(text.contains("\nhttp_request_duration_seconds_count\(labels)} 1\n"))
        #expect(text.contains(#"http_requests_total{route="unknown",method="GET",status="404"} 1"#))
        #expect(text.contains(#"carenotes_build_info{version="\#(Carenotes.version)""#))
        #expect(text.contains("\ncarenotes_internal_errors_total 0\n"))
        #expect(!text.contains("Canary"))
    }

    @Test func `buckets only grow, and end with the count`() throws {
        let text = try Self.scrape(after: ["/api/health"])
        let mark = #"http_request_duration_seconds_bucket{route="/api/health",method="GET""#
        let buckets = text.split(separator: "\n").filter { $0.hasPrefix(mark) }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        #expect(buckets.count == RequestMetrics.bounds.count + 1)
        #expect(buckets == buckets.sorted() && buckets.last == 1)
    }

    @Test func `promtool finds nothing to say about names and types`() throws {
        let text = try Self.scrape(after: ["/api/health", "/api/nothing"])
        let path = NSTemporaryDirectory() + "carenotes-metrics-" + UUID().uuidString
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let output = try ServerProcess.run(
            "sh", ["-c", "promtool check metrics < \(path)"], isPostgres: false)
        #expect(!output.contains("carenotes_") && !output.contains("http_"), "\(output)")
    }
}
