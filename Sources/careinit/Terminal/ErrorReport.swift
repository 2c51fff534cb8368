extension Console {
    /// Shows a failure on standard error: what, where, why, and how to fix it.
    func report(_ failure: CommandFailure) {
        let lead = usesColour ? "\u{1B}[1;31mError:\u{1B}[0m" : "Error:"
        note("\(lead) \(failure.what)")
        if let place = failure.place { note("  \(place)") }
        if let why = failure.why { note("  \(why)") }
        if let fix = failure.fix { note("  Fix: \(fix)") }
    }
}
