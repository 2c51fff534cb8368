import Foundation
import Testing

@testable import careinit

@Suite struct RegularExpressionTests {
    @Test(arguments: [0...0, 0...9, 0...255, 1...60, 7...1003, 100...30_000, 1024...65_530, 999...1000])
    func `the pattern of a range matches its numbers and no others`(_ range: ClosedRange<Int>) throws {
        let pattern = try Regex(RegularExpression.integer(range))
        for number in 0...(range.upperBound + 1200) {
            #expect(("\(number)".firstMatch(of: pattern) != nil) == range.contains(number), "\(number)")
        }
        for text in ["", "01", "-1", "1.0", " 1", "1a"] { #expect(text.firstMatch(of: pattern) == nil, "\(text)") }
    }

    @Test func `a quoted text matches only itself`() throws {
        let text = "a.b*(c)[d]\\{2}^$|?+/"
        let pattern = try Regex("^\(RegularExpression.quote(text))$")
        #expect(text.firstMatch(of: pattern) != nil)
        #expect("aXb*(c)[d]\\{2}^$|?+/".firstMatch(of: pattern) == nil)
    }
}
