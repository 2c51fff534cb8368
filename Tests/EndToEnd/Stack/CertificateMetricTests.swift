import Foundation
import Testing

/// What the running stack tells of the certificate that it serves.
extension RunningStackTests {
    @Test func `Prometheus knows the dates of the certificate that is served`() throws {
        for (name, option) in [("before", "-startdate"), ("after", "-enddate")] {
            let date = try run(
                ["openssl", "x509", "-in", stack.folder["certs/fullchain.pem"], "-noout", option], in: "/")
            let text = date.output.split(separator: "=").last.map(String.init) ?? ""
            let seconds = try run(["date", "--utc", "--date", text, "+%s"], in: "/").output
            let value = try eventually("careinit_certificate_not_\(name)") {
                try prometheus("careinit_certificate_not_\(name)_timestamp_seconds{host=\"localhost\"}")
            }
            #expect(Int64(value) == Int64(seconds.trimmingCharacters(in: .newlines)), "\(date)")
        }
        let metrics = try stack.curl("--fail", "http://\(try stack.listener(of: "node-exporter"))/metrics")
        #expect(metrics.output.contains("node_textfile_scrape_error 0\n"))
        #expect(try prometheus("count(ALERTS{alertname=~\"Certificate.*\", alertstate=\"firing\"})") == nil)
    }

    @Test func `status tells of the certificate that nginx shows`() throws {
        let status = try stack.careinit("status", "--json")
        let certificate = try #require(
            try JSON.object(status.output)["certificate"] as? [String: Any], "\(status)")
        let fingerprint = try run(
            ["openssl", "x509", "-in", stack.folder["certs/fullchain.pem"], "-noout", "-fingerprint", "-sha256"],
            in: "/")
        let digits = fingerprint.output.split(separator: "=").last?.filter(\.isHexDigit).lowercased()
        #expect(certificate["source"] as? String == "served" && certificate["state"] as? String == "good")
        #expect(certificate["sha256"] as? String == digits)
        #expect((certificate["names"] as? [String])?.first == "localhost")
        #expect(try #require(certificate["fraction_left"] as? Double) > 0.99)
    }

    /// The value of a query that finds one series; nil where it finds none yet.
    private func prometheus(_ query: String) throws -> Double? {
        let reply = try stack.curl(
            "--fail", "--get", "--data-urlencode", "query=\(query)",
            "http://127.0.0.1:\(stack.port("PROMETHEUS_PORT"))/api/v1/query")
        guard reply.code == 0 else { return nil }
        let data = try JSON.object(reply.output)["data"] as? [String: Any]
        let result = data?["result"] as? [[String: Any]]
        return (result?.first?["value"] as? [Any])?.last.flatMap { Double("\($0)") }
    }
}
