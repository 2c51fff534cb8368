import Testing

@testable import carenotes

struct CalendarDateTests {
    @Test(arguments: ["2024-02-29", "1900-01-01", "2199-12-31", "2000-02-29", "2026-11-23"])
    func `days are read and written`(text: String) { #expect(CalendarDate(text)?.text == text) }

    @Test(arguments: [
        "", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "1899-12-31", "2200-01-01",
        "26-01-01", "2026-1-01", "2026-01-01 ", "2026/01/01", "-026-01-01", "２０２６-01-01",
    ])
    func `what is no day is refused`(text: String) { #expect(CalendarDate(text) == nil) }

    @Test(
        arguments: [
            (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"), (1_798_761_599, "2026-12-31"), (1_798_761_600, "2027-01-01"),
            (-1, "1969-12-31"),
        ] as [(Int64, String)])
    func `a moment has its day`(seconds: Int64, day: String) {
        #expect(CalendarDate(seconds: seconds).text == day)
    }
}

struct MomentTests {
    @Test(arguments: [
        ("2026-11-23", "2026-11-23T00:00:00Z"), ("2026-11-23T14:20:00Z", "2026-11-23T14:20:00Z"),
        ("2026-11-23T14:20:00.123456+01:00", "2026-11-23T14:20:00.123456+01:00"),
    ])
    func `a moment is what PostgreSQL takes`(text: String, expected: String) {
        #expect(Moment.parse(text) == expected)
    }

    @Test(arguments: [
        "now", "infinity", "2026-11-23T14:20Z", "2026-11-23T24:00:00Z", "2026-11-23T14:60:00Z",
        "2026-11-23T14:20:00", "2026-11-23T14:20:00.1234567Z", "2026-11-23T14:20:00.Z", "2026-11-23 14:20:00Z",
        "2026-11-23T14:20:00+1", "2026-11-23T14:20:00+15:00", "2026-11-23T14:20:00Z'", "0001-01-01T00:00:00Z",
    ])
    func `what is none is refused`(text: String) { #expect(Moment.parse(text) == nil) }
}

struct NHSNumberTests {
    @Test(arguments: [("943 476 5919", "9434765919"), ("9434765919", "9434765919"), ("4010232137", "4010232137")])
    func `ten digits that check are taken`(text: String, digits: String) {
        #expect(NHSNumber.parse(text) == digits)
    }

    @Test(arguments: [
        "", "9434765918", "943476591", "94347659199", "943476591x", "9 4 3 4 7 6 5 9 1 9", "٩434765919",
    ])
    func `others are not`(text: String) { #expect(NHSNumber.parse(text) == nil) }
}
