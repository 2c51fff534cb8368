import Testing

@testable import carenotes

struct HeartbeatTests {
    private static let beat = Heartbeat(instance: 2, generation: 7, version: "0.1.0", status: "ready")

    @Test func `it is read from what it writes, and from the reply of health`() {
        #expect(Heartbeat(json: Self.beat.json) == Self.beat)
        let replica = Replica(service: "Notes", instance: 2, generation: 7)
        let health = HealthReplies.reply(.health, .ready, replica).body
        #expect(Heartbeat(json: health)?.instance == 2 && Heartbeat(json: health)?.generation == 7)
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"status":"ready","instance":"2","generation":7,"version":"1"}"#,
        #"{"status":"ready","instance":2,"generation":7}"#,
        #"{"status":"r\n","instance":2,"generation":7,"version":"1"}"#,
        #"{"status":"é","instance":2,"generation":7,"version":"1"}"#,
    ])
    func `anything else is none`(text: String) {
        #expect(Heartbeat(json: Array(text.utf8)) == nil)
    }

    @Test func `no damage of its bytes stops it`() {
        for _ in 0..<3000 {
            var bytes = Self.beat.json
            for _ in 0...Int.random(in: 0...3) {
                bytes[Int.random(in: 0..<bytes.count)] = UInt8.random(in: 0...255)
            }
            guard let read = Heartbeat(json: bytes) else { continue }
            #expect((read.version + read.status).utf8.allSatisfy { (0x20...0x7E).contains($0) })
        }
    }
}
