import Testing

@testable import careinit

@Suite("What status says of secrets")
struct SecretStatusTests {
    @Test(
        "those that careinit makes are named by the oldest; those of somebody else each with the way to change it")
    func old() {
        var status = SecretStatus(ages: [
            .init(name: "SMTP_PASS", days: 400, isGiven: true), .init(name: "DB_PASSWORD", days: 120),
            .init(name: "ETCD_CERTIFICATES", days: 91), .init(name: "JWT_SECRET", days: 90),
        ])
        #expect(
            status.lines == [
                "DB_PASSWORD is 120 days old and 1 more: careinit rotate-secrets --older-than 90d",
                "SMTP_PASS is 400 days old: careinit rotate-secrets SMTP_PASS --value-file FILE",
            ])
        status.ages = [.init(name: "JWT_SECRET", days: 90)]
        #expect(status.lines.isEmpty)
        status.policyDays = 30
        #expect(status.lines == ["JWT_SECRET is 90 days old: careinit rotate-secrets --older-than 30d"])
    }

    @Test("nginx' key is not told, since no rotation by age changes it")
    func serverKey() {
        var status = SecretStatus(ages: [.init(name: "TLS_KEY", days: 300)])
        #expect(status.overdue.isEmpty && status.lines.isEmpty)
        status.ages.append(.init(name: "DB_PASSWORD", days: 91))
        #expect(status.lines.count == 1 && status.lines[0].hasPrefix("DB_PASSWORD is 91 days old: careinit"))
    }
}
