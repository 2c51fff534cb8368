/// Waits until services are healthy, and says so one by one.
struct HealthWait {
    let runtime: any Runtime
    let console: Console
    let signals: TerminationSignals
    let deadline: ContinuousClock.Instant
    /// How many services there are in all, for `3/15`.
    let total: Int
    /// Since when the progress counts.
    let began: ContinuousClock.Instant
    private(set) var healthy: Set<String> = []
    private var lastNote: ContinuousClock.Instant
    /// What was seen at the last look.
    private(set) var probe: StackProbe?

    init(runtime: any Runtime, console: Console, signals: TerminationSignals, timeout: Duration, total: Int) {
        (self.runtime, self.console, self.signals, self.total) = (runtime, console, signals, total)
        began = .now
        lastNote = .now
        deadline = .now + timeout
    }

    /// Waits until all of them are healthy, or the time is over, or those that are left fail again and again.
    ///
    /// - Parameter services: Whom to wait for.
    /// - Returns: Whether all are healthy.
    /// - Throws: exit code 130 or 143 when careinit is told to end meanwhile.
    mutating func wait(for services: [ServicePlan]) throws(CommandFailure) -> Bool {
        while true {
            let look = StackProbe.run(services)
            probe = look
            for service in services where look.isHealthy(service.name) && healthy.insert(service.name).inserted {
                note(service)
            }
            let waiting = services.filter { !look.isHealthy($0.name) }
            if waiting.isEmpty { return true }
            if ContinuousClock.now >= deadline { return false }
            if try areHopeless(waiting) { return false }
            remind(waiting)
            if !signals.sleep(.milliseconds(200)) { throw .interrupted(signals) }
        }
    }

    /// Whether each of them ended several times by itself.
    private func areHopeless(_ services: [ServicePlan]) throws(CommandFailure) -> Bool {
        let states = try runtime.states()
        return services.allSatisfy { service in
            guard let state = states[service.name] else { return false }
            return state.phase == .failed || (state.endCount >= 4 && state.phase != .running)
        }
    }

    private func note(_ service: ServicePlan) {
        guard !console.isQuiet else { return }
        let mark = console.usesColour ? "\u{1B}[32mhealthy\u{1B}[0m" : "healthy"
        let count = "\(healthy.count)".leftPadded(to: "\(total)".count)
        console.note("  [\(count)/\(total)] \(service.name.padded(to: 15)) \(mark) after \(elapsed) s")
    }

    /// Something must be heard at least every ten seconds.
    private mutating func remind(_ waiting: [ServicePlan]) {
        guard !console.isQuiet, ContinuousClock.now - lastNote > .seconds(10) else { return }
        lastNote = .now
        let reasons = waiting.map { "\($0.name) (\(probe?.results[$0.name]?.reason ?? "not asked"))" }
        console.note("  … \(elapsed) s, waiting for \(reasons.joined(separator: ", "))")
    }

    private var elapsed: String { (ContinuousClock.now - began).tenths }
}

extension Duration {
    /// Seconds with one decimal, such as `8.4`.
    var tenths: String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension String {
    /// Filled with spaces at the end; longer text stays as it is.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
