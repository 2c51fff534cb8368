import Testing

@testable import carenotes

struct TraceContextTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"
    private static let span = "b7ad6b7169203331"

    @Test(arguments: ["00-\(trace)-\(span)-01", "00-\(trace)-\(span)-00", "cc-\(trace)-\(span)-01-more"])
    func `a valid traceparent is continued, with a span of our own`(text: String) {
        let context = TraceContext(traceparent: text.utf8)
        #expect(context.traceID == Self.trace && context.parentID == Self.span)
        #expect(context.spanID != Self.span && context.spanID.utf8.count == 16)
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-1", "00-\(trace)-\(span)-01-",
        "00-\(trace)-\(span)-01-x",
        "ff-\(trace)-\(span)-01", "0-\(trace)-\(span)-01", "00-\(trace.uppercased())-\(span)-01",
        "00-\(trace)-\(span.uppercased())-01", "00-00000000000000000000000000000000-\(span)-01",
        "00-\(trace)-0000000000000000-01", "00-\(trace)-\(span)-0G", "00_\(trace)_\(span)_01",
        " 00-\(trace)-\(span)-01",
        "cc-\(trace)-\(span)-01.more", "00-\(trace)-\(span)-01 ", "00-0af7651916cd43dd8448eb211c80319é-\(span)-01",
    ])
    func `anything else begins a new trace`(text: String) {
        let context = TraceContext(traceparent: text.utf8)
        #expect(context.parentID == nil && context.traceID != Self.trace)
        #expect(
            context.traceID.utf8.count == 32 && context.traceID.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }

    @Test func `damage of any kind gives ids that are safe to log`() {
        let good = Array("00-\(Self.trace)-\(Self.span)-01".utf8)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            var bytes = good
            for _ in 0...Int.random(in: 0...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
                }
            }
            let context = TraceContext(traceparent: bytes)
            let ids = [context.traceID, context.spanID] + [context.parentID].compactMap(\.self)
            #expect(ids.allSatisfy { $0.utf8.allSatisfy { ($0 >= 48 && $0 < 58) || ($0 >= 97 && $0 < 103) } })
        }
    }
}
