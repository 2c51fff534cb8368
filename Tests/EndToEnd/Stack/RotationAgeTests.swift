import Testing

/// What a timer calls.
extension RotationTests {
    @Test func `after 91 days only what is older than 90 is rotated, and then nothing is left to do`() throws {
        try retireEverything()
        let ages = "\(stack.state)/secrets/ages.env"
        let before = Files.read(ages)
        // Those of a clock that has not gone on.
        defer { try? Files.write(before, to: ages) }
        let young = ["REDIS_PASSWORD", "GRAFANA_ADMIN_PASSWORD"]
        let meanwhile = try later(days: 60) { try rotate("REDIS_PASSWORD", "GRAFANA_ADMIN_PASSWORD") }
        #expect(meanwhile.code == 0, "\(meanwhile)")
        let values = Self.all.map(value)
        let status = try later(days: 91) { try stack.careinit("status") }
        let (outcome, again) = try later(days: 91) {
            (try rotate("--older-than", "90d", "--json"), try rotate("--older-than", "90d"))
        }
        #expect(outcome.code == 0, "\(outcome)")
        let old = Self.all.filter { !young.contains($0) }
        let own = ["MONITOR_PASSWORD", "PATRONI_REST_PASSWORD", "REDIS_ADMIN_PASSWORD", "ETCD_CERTIFICATES"]
        #expect(try JSON.object(outcome.output)["secrets"] as? [String] == old + own)
        let changed = zip(Self.all, values).filter { value($0) != $1 }.map(\.0)
        #expect(changed == old)
        #expect(again.code == 0 && again.output.hasPrefix("There is nothing to do."), "\(again)")
        #expect(status.text.contains("91"), "\(status)")
        try expectSettled("older")
        try retireEverything(days: 100)
    }
}
