/// The common words in a text, whatever their case, and with `@` for a, `0` for o and the like.
struct WordMatcher {
    private let bytes: [UInt8]
    /// What each byte stands for, from 0 for `a`; 255 for nothing.
    private let letters: [UInt8]
    /// The other letter it may stand for, or the same.
    private let others: [UInt8]
    private let index = WordIndex.shared

    init(_ bytes: [UInt8], _ folded: [UInt8]) {
        self.bytes = bytes
        letters = folded.map { Self.meanings[Int($0)] }
        others = folded.map { Self.otherMeanings[Int($0)] }
    }

    private static let meanings: [UInt8] = (UInt8.min...UInt8.max).map { byte in
        if byte.isLowercase { return byte - UInt8(ascii: "a") }
        switch UnicodeScalar(byte) {
        case "@", "4": return 0
        case "3": return 4
        case "1", "!": return 8
        case "0": return 14
        case "$", "5": return 18
        case "7", "+": return 19
        default: return 255
        }
    }

    /// `1` and `!` stand for i, or for l.
    private static let otherMeanings = meanings.enumerated().map { byte, letter in
        byte == Int(UInt8(ascii: "1")) || byte == Int(UInt8(ascii: "!")) ? 11 : letter
    }

    /// Calls with the end and the cost of each word that starts there.
    func forEachWord(at start: Int, _ body: (Int, Double) -> Void) {
        guard start + 1 < bytes.count, letters[start] < 26, letters[start + 1] < 26 else { return }
        forEachWord(at: start, letters[start], letters[start + 1], body)
        if others[start] != letters[start] { forEachWord(at: start, others[start], letters[start + 1], body) }
        if others[start + 1] != letters[start + 1] {
            forEachWord(at: start, letters[start], others[start + 1], body)
            if others[start] != letters[start] { forEachWord(at: start, others[start], others[start + 1], body) }
        }
    }

    private func forEachWord(at start: Int, _ first: UInt8, _ second: UInt8, _ body: (Int, Double) -> Void) {
        for number in index.range(first, second) {
            let word = index.words[number]
            guard matches(word, at: start) else { continue }
            body(start + word.length, 1 + word.bits + spelling(start..<(start + word.length)))
        }
    }

    private func matches(_ word: WordIndex.Word, at start: Int) -> Bool {
        guard word.length <= bytes.count - start else { return false }
        var offset = 2
        while offset < word.length {
            let letter = index.letters[word.start + offset]
            guard letters[start + offset] == letter || others[start + offset] == letter else { return false }
            offset += 1
        }
        return true
    }

    /// What capital letters and replaced letters cost.
    private func spelling(_ range: Range<Int>) -> Double {
        var (capitals, replaced) = (0, 0)
        for index in range {
            if bytes[index].isUppercase { capitals += 1 }
            if !bytes[index].isLetter { replaced += 1 }
        }
        let leet = replaced == 0 ? 0 : 1 + 1.5 * Double(replaced)
        if capitals == 0 { return leet }
        let isUsual = capitals == range.count - replaced || capitals == 1 && bytes[range.lowerBound].isUppercase
        return leet + (isUsual ? 1 : Double(range.count))
    }
}
