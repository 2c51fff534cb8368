import Certs
import Testing

@Suite struct RenewalTests {
    @Test(arguments: [
        (Int64(90), Int64(59), false), (90, 61, true), (45, 29, false), (45, 31, true), (6, 2, false),
        (6, 4, true),
    ])
    func `a third before the end, or half where life is short`(lifetime: Int64, age: Int64, isDue: Bool) {
        #expect(Renewal.isDue(notBefore: 0, notAfter: lifetime * day - 1, now: age * day) == isDue)
    }
}
