/// Where a text goes on as the alphabet, the digits or the keyboard do: `cdef`, `4321`, `wert`, and interleaved as in
/// `1qaz2wsx` and `a1b2c3`.
struct Sequences {
    /// One way to go on.
    private struct Ladder {
        /// How many characters stand between.
        var distance: Int
        /// Along the keyboard, or along the alphabet.
        var isKeyboard: Bool
        /// The shortest run that counts.
        var shortest: Int
        /// What it costs to say that it is this one.
        var bits: Double
    }

    private static let ladders: [Ladder] =
        [
            Ladder(distance: 1, isKeyboard: false, shortest: 2, bits: 4 + 1),
            Ladder(distance: 1, isKeyboard: true, shortest: 3, bits: 4 + Bits.choice(among: 6)),
        ]
        + (2...4).flatMap { distance in
            [false, true].map {
                Ladder(distance: distance, isKeyboard: $0, shortest: 4, bits: 4 + Bits.choice(among: 12))
            }
        }

    private let folded: [UInt8]
    /// Where each byte's key lies on the keyboard.
    private let keys: [Int]
    /// Of each ladder that has a run: for each place how many characters from there go on in the same way.
    private var runs: [(ladder: Ladder, lengths: [Int])] = []

    init(_ bytes: [UInt8], _ folded: [UInt8]) {
        self.folded = folded
        keys = bytes.map { Keyboard.place(of: $0) }
        for ladder in Self.ladders where hasRun(ladder) { runs.append((ladder, lengths(ladder))) }
    }

    /// Calls with the end and the cost of each sequence that goes on there from what stands before.
    func forEachSequence(at start: Int, _ body: (Int, Double) -> Void) {
        for (ladder, lengths) in runs where lengths[start] >= ladder.shortest {
            for length in ladder.shortest...lengths[start] {
                body(start + length, ladder.bits + Bits.number(length - ladder.shortest + 1))
            }
        }
    }

    private func hasRun(_ ladder: Ladder) -> Bool {
        var place = ladder.distance
        var (last, length) = (0, 0)
        while place < keys.count {
            let step = step(ladder, place)
            length = step == 0 ? 0 : step == last ? length + 1 : 1
            if length >= ladder.shortest { return true }
            last = step
            place += 1
        }
        return false
    }

    private func lengths(_ ladder: Ladder) -> [Int] {
        var lengths = [Int](repeating: 0, count: keys.count)
        var next = 0
        for place in (ladder.distance..<keys.count).reversed() {
            let step = step(ladder, place)
            lengths[place] = step == 0 ? 0 : step == next ? lengths[place + 1] + 1 : 1
            next = step
        }
        return lengths
    }

    /// From the character before to the one at that place; 0 for no neighbours.
    private func step(_ ladder: Ladder, _ place: Int) -> Int {
        if ladder.isKeyboard {
            let step = Keyboard.step(from: keys[place - ladder.distance], to: keys[place])
            return ladder.distance == 1 || step == 1 || step == -1 ? step : 0
        }
        let (from, to) = (folded[place - ladder.distance], folded[place])
        let step = Int(to) - Int(from)
        guard step == 1 || step == -1 else { return 0 }
        return from.isAlphanumeric && to.isAlphanumeric ? step : 0
    }
}
