import Certs

/// The dates of the certificate that nginx serves, for node-exporter's textfile collector: a file in Prometheus' text
/// format (prometheus.io/docs/instrumenting/exposition_formats).
///
/// It belongs to the generation, as the certificate itself does, so that the two change in the same moment.
struct CertificateMetrics {
    /// The leaf first.
    var chainPEM: [UInt8]
    /// The host of APP_URL.
    var host: String

    /// In a generation. The folder is no service's own: node-exporter reads it at each question, and need not be
    /// restarted for a new certificate.
    static let path = "metrics/certificate.prom"

    /// Without a certificate that can be read there are no metrics, which is an alert of its own.
    var text: String {
        let report = CertificateInspection.inspect(certificatePEM: chainPEM, keyPEM: [], host: "", now: 0)
        guard !report.fingerprint.isEmpty else { return "" }
        let about = [
            ("host", host), ("names", report.names.joined(separator: ",")), ("issuer", report.issuer),
            ("sha256", report.fingerprint),
        ]
        let host = [("host", host)]
        return Self.gauge("info", "The certificate of the server; always 1.", about, 1)
            + Self.gauge("not_before_timestamp_seconds", "When it begins to hold.", host, report.notBefore)
            + Self.gauge("not_after_timestamp_seconds", "When it ends.", host, report.notAfter)
    }

    private static func gauge(
        _ name: String, _ help: String, _ labels: [(name: String, value: String)], _ value: Int64
    ) -> String {
        let name = "careinit_certificate_\(name)"
        let labels = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
        return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n\(name){\(labels)} \(value)\n"
    }

    /// A label's value may be any text; three characters of it are escaped.
    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
