import Testing

@testable import careinit

@Suite struct ContainerRowTests {
    private static func row(_ status: String, restarts: Int = 0, code: Int = 0, killed: Bool = false) -> String {
        """
        [{"Id": "a", "RestartCount": \(restarts), "Config": {"Labels": {"com.docker.compose.service": "pg-2"}},
          "State": {"Status": "\(status)", "Pid": \(status == "running" ? 42 : 0), "ExitCode": \(code), "Error": "",
            "StartedAt": "2027-01-15T08:00:00.123456789Z", "FinishedAt": "2027-01-15T07:59:00Z", "OOMKilled": \(killed)}}]
        """
    }

    @Test(arguments: [
        ("running", ServiceState.Phase.running), ("restarting", .restarting), ("exited", .stopped),
        ("created", .stopped), ("removing", .stopping), ("dead", .failed), ("paused", .failed),
    ])
    func `Docker's states are the stack's`(status: String, phase: ServiceState.Phase) throws {
        let row = try #require(ContainerRow.read(Self.row(status))?.first)
        #expect(row.service == "pg-2")
        let state = ServiceState(row)
        #expect(state.phase == phase && state.startedAt == (phase == .running ? 1_800_000_000 : nil))
        #expect(state.process == (phase == .running ? 42 : nil) && state.lastEnd == nil)
    }

    @Test func `a restart is told with how it ended`() throws {
        let ended = ServiceState(
            try #require(ContainerRow.read(Self.row("running", restarts: 2, code: 137))?.first))
        #expect(ended.endCount == 2 && ended.lastEnd == "exit status 137 at 2027-01-15T07:59:00Z")
        let killed = ServiceState(
            try #require(ContainerRow.read(Self.row("exited", code: 137, killed: true))?.first))
        #expect(killed.lastEnd?.hasPrefix("killed for want of memory") == true)
    }

    @Test func `other words are no answer`() { #expect(ContainerRow.read("[{}]") == nil) }
}
