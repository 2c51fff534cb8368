import Certs
import Testing

@testable import careinit

@Suite struct StatusTableTests {
    private static let day: Int64 = 86_400

    private static func status(age: Int64, source: StackCertificate.Source = .served, names: Int = 2)
        -> StackStatus
    {
        StackStatus(
            isUp: true, generation: 1, origin: "https://care.example", rows: [], omissions: [],
            cluster: DatabaseCluster([]), synchronous: .healthy,
            certificate: StackCertificate(
                source: source, names: (1...names).map { "care-\($0).example" },
                lifetime: CertificateLifetime(notBefore: 0, notAfter: 90 * day - 1), fingerprint: "ab",
                fix: age < 60 * day ? nil : "certbot renew"),
            now: age)
    }

    private static func lines(_ status: StackStatus, usesColour: Bool = false) -> String {
        StatusTable(status: status, usesColour: usesColour).lines.joined(separator: "\n")
    }

    @Test(
        arguments: [
            (1 * day, "88 days and 98 % of its life are left", true),
            (61 * day, "due for renewal: 28 days and 32 % of its life are left", true),
            (91 * day, "EXPIRED, browsers refuse it: it ended at 1970-03-31T23:59:59Z", false),
            (-1, "NOT YET VALID", false),
        ] as [(Int64, String, Bool)])
    func `the certificate's state is said, and decides with the rest over health`(
        now: Int64, words: String, isHealthy: Bool
    ) {
        let status = Self.status(age: now)
        let text = Self.lines(status)
        #expect(text.contains("Certificate  care-1.example, care-2.example\n"), "\(text)")
        #expect(text.contains(words), "\(text)")
        #expect(text.contains("Fix: certbot renew") == (now >= 60 * Self.day))
        #expect(status.isHealthy == isHealthy)
    }

    @Test func `one that is not served now is told apart, and many names are cut`() {
        let text = Self.lines(Self.status(age: 0, source: .disk, names: 8))
        #expect(text.contains("care-5.example and 3 more; not served now"), "\(text)")
    }

    @Test func `without a certificate it says so, and leaves health to the rest`() {
        var status = Self.status(age: 0)
        status.certificate = nil
        #expect(Self.lines(status).contains("Certificate  cannot be read") && status.isHealthy)
    }

    @Test func `colour is only where it was asked for`() {
        #expect(Self.lines(Self.status(age: 91 * Self.day), usesColour: true).contains("\u{1B}[31mEXPIRED"))
        #expect(!Self.lines(Self.status(age: 91 * Self.day)).contains("\u{1B}"))
    }

    @Test(
        arguments: [
            (.starting, .healthy, "healthy"), (.starting, .unhealthy("refused"), "starting"),
            (.running, .unhealthy("refused"), "unhealthy"), (.restarting, .healthy, "restarting"),
        ] as [(ServiceState.Phase, ProbeResult, String)])
    func `a service that serves is healthy, also within its first second`(
        phase: ServiceState.Phase, result: ProbeResult, word: String
    ) {
        let service = ServicePlan(
            name: "alertmanager", title: "Alertmanager", command: [], priority: 1, logFile: "", listeners: [],
            health: .listening)
        let row = StackStatus.Row(
            service: service, generation: 1, state: ServiceState(phase: phase), result: result)
        #expect(row.word == word)
    }
}
