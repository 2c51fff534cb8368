/// A request for a prepared reply, in the place of a pointer: such a request needs no memory of its own.
///
/// From the lowest bit on: 1 (no object lies at an odd address), whether it is a HEAD, four bits of the route, and the
/// nanoseconds of the monotonic clock at which it came, which last for nine years of uptime.
struct RequestTag {
    let bits: UInt

    init(route: Route, method: Method, startedAt: UInt64) {
        bits = UInt(startedAt) << 6 | UInt(route.rawValue) << 2 | (method == .head ? 2 : 0) | 1
    }

    /// Nil where it points to an object.
    init?(_ pointer: UnsafeMutableRawPointer) {
        bits = UInt(bitPattern: pointer)
        guard bits & 1 == 1 else { return nil }
    }

    var pointer: UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: bits) }
    var route: Route { Route(rawValue: UInt8(bits >> 2 & 15)) ?? .unknown }
    var method: Method { bits & 2 == 2 ? .head : .get }
    var startedAt: UInt64 { UInt64(bits >> 6) }
}
