/// Findings as they are made: of each code no more than a person can use, and then how many there are besides.
struct FindingList: Sendable {
    static let limit = 200
    private var findings: [Finding] = []
    private var counts: [FindingCode: Int] = [:]

    /// What is not kept is not made either.
    mutating func append(_ code: FindingCode, _ make: () -> Finding) {
        let count = counts[code, default: 0] + 1
        counts[code] = count
        if count <= Self.limit { findings.append(make()) }
    }

    /// What was kept, and one finding more for each code of which there were too many.
    var all: [Finding] {
        let omitted = FindingCode.allCases.compactMap { code -> Finding? in
            guard let count = counts[code], count > Self.limit else { return nil }
            let last = findings.last { $0.code == code }
            return Finding(
                .tooMany, at: last?.position,
                context: .init(expected: code.rawValue, number: count - Self.limit))
        }
        return findings + omitted
    }
}
