#if canImport(Glibc)
    import Glibc
#endif

/// Asks again until the answer is not nil.
///
/// The limit is no measurement: it only ends what would never come.
@discardableResult
func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(60), _ look: () throws -> Value?
) throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        if let value = try look() { return value }
        guard ContinuousClock.now < deadline else { throw HarnessError("never seen: \(what)") }
        usleep(200_000)
    }
}
