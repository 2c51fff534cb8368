import Testing

@testable import careload

@Suite struct HistogramTests {
    @Test func `nothing has no percentile`() {
        #expect(Histogram().percentile(0.5) == nil)
    }

    @Test func `small values are exact, and negative ones are none`() {
        var histogram = Histogram()
        for value: Int64 in [-5, 1, 2, 3, 63] { histogram.record(value) }
        #expect(histogram.percentile(0.2) == 0)
        #expect(histogram.percentile(0.5) == 2)
        #expect(histogram.percentile(1) == 63)
    }

    @Test func `large values are never told too small, and at most one step too large`() {
        for value: Int64 in [64, 65, 127, 128, 1000, 4095, 4096, 1_234_567, 40_000_000_000] {
            var histogram = Histogram()
            histogram.record(value)
            histogram.record(value * 4)
            let told = histogram.percentile(0.5) ?? 0
            #expect(told >= value && told <= value + value / 32, "\(value): \(told)")
            #expect(histogram.maximum == value * 4)
        }
    }

    @Test func `two together are what one would have been`() {
        var first = Histogram()
        var second = Histogram()
        var both = Histogram()
        for value: Int64 in 0..<1000 {
            if value.isMultiple(of: 3) { first.record(value * value) } else { second.record(value * value) }
            both.record(value * value)
        }
        first.merge(second)
        #expect(first == both)
        #expect(first.count == 1000)
    }
}
