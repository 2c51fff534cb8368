import Testing

@testable import careinit

@Suite("supervisord's log")
struct SupervisorLogTests {
    @Test("tells who ended by itself, since supervisord last started")
    func ends() {
        let log = SupervisorLog(
            text: """
                2026-11-23 10:00:00,001 INFO supervisord started with pid 7
                2026-11-23 10:00:01,001 WARN exited: app-2 (exit status 1; not expected)
                2026-11-23 11:00:00,001 INFO supervisord started with pid 8
                2026-11-23 11:00:05,001 WARN exited: app-1 (terminated by SIGKILL; not expected)
                2026-11-23 11:00:06,001 INFO spawned: 'app-1' with pid 10
                2026-11-23 11:00:09,001 INFO exited: app-1 (exit status 0; expected)
                2026-11-23 11:00:10,001 INFO stopped: nginx (exit status 0)
                """)
        #expect(log.ends == ["app-1": .init(count: 2, last: "exit status 0", time: "2026-11-23 11:00:09")])
    }
}
