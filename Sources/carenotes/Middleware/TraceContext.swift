/// Where a request stands in a trace (W3C Trace Context, level 1). Ids only: nothing of the client's is passed on, and no
/// `tracestate`, which may hold anything.
struct TraceContext: Sendable, Equatable {
    /// 32 lower-case hexadecimal digits, not all of them zero.
    let traceID: String
    /// 16 lower-case hexadecimal digits: of this request's own work.
    let spanID: String
    /// Of whoever sent the request; nil where the trace begins here.
    let parentID: String?

    /// Continues the trace of a `traceparent`, or begins one where there is none that is valid (§3.2.2, §4.3).
    init(traceparent: some Collection<UInt8>) {
        spanID = Self.random(bytes: 8)
        guard let parent = Self.parse(Array(traceparent)) else {
            traceID = Self.random(bytes: 16)
            parentID = nil
            return
        }
        (traceID, parentID) = (parent.trace, parent.span)
    }

    /// `00-` trace `-` span `-` flags. A later version may have more after another hyphen; `ff` is none.
    private static func parse(_ bytes: [UInt8]) -> (trace: String, span: String)? {
        let hyphen = UInt8(ascii: "-")
        guard bytes.count >= 55, [2, 35, 52].allSatisfy({ bytes[$0] == hyphen }) else { return nil }
        let version = bytes[0..<2]
        let (trace, span, flags) = (bytes[3..<35], bytes[36..<52], bytes[53..<55])
        guard [version, trace, span, flags].allSatisfy({ $0.allSatisfy(isDigit) }) else { return nil }
        let isFirstVersion = version.allSatisfy { $0 == UInt8(ascii: "0") }
        guard !version.allSatisfy({ $0 == UInt8(ascii: "f") }),
            bytes.count == 55 || (!isFirstVersion && bytes[55] == hyphen),
            !isZero(trace), !isZero(span)
        else { return nil }
        return (String(decoding: trace, as: UTF8.self), String(decoding: span, as: UTF8.self))
    }

    private static func isZero(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy { $0 == UInt8(ascii: "0") } }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }

    /// Never all zero.
    private static func random(bytes count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<count / 8).map { _ in
            let text = String(UInt64.random(in: 1 ... .max, using: &generator), radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        return digits.joined()
    }

    /// For the log.
    var fields: [Logger.Field] {
        [("trace_id", .text(traceID)), ("span_id", .text(spanID))]
            + (parentID.map { [("parent_span_id", .text($0))] } ?? [])
    }
}
