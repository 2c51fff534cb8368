import Testing

@testable import carenotes

struct StatementTests {
    @Test func `values lie one after the other, each at its address`() throws {
        let values = try #require(
            BoundValues([.text("añ"), .bytes([]), .bytes([0, 1]), .integer(-7), .bytes([])]))
        #expect(values.formats == [0, 1, 1, 0, 1])
        values.withPointers { pointers in
            #expect(pointers.count == 5 && !pointers.contains(nil))
            #expect(pointers[0].map { String(cString: $0) } == "añ")
            #expect(pointers[2].map { [$0[0], $0[1]] } == [0, 1])
            #expect(pointers[3].map { String(cString: $0) } == "-7")
        }
        #expect(values.lengths[1] == 0 && values.lengths[2] == 2)
    }

    @Test func `a NUL in a text is refused, not cut at`() {
        #expect(BoundValues([.text("a\u{0}b")]) == nil)
        #expect(BoundValues([]) != nil)
    }
}
