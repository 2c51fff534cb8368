/// How far apart two names are.
enum Similarity {
    /// Insertions, deletions, replacements and swaps of neighbours (Damerau and Levenshtein, optimal string alignment);
    /// nil when more than `limit`.
    static func distance(_ first: String, _ second: String, limit: Int) -> Int? {
        let left = Array(first.utf8)
        let right = Array(second.utf8)
        guard abs(left.count - right.count) <= limit else { return nil }
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                var best = min(current[column], previous[column + 1]) + 1
                best = min(best, previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            guard let least = current.min(), least <= limit else { return nil }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count] <= limit ? previous[right.count] : nil
    }

    /// The candidate that was probably meant; nil when none is close.
    static func closest(to name: String, among candidates: [String]) -> String? {
        guard name.utf8.count <= 64 else { return nil }
        let name = name.utf8.map { $0.isLowercase ? $0 & ~0x20 : $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
            .text
        let limit = max(1, min(3, name.utf8.count / 4))
        let close = candidates.compactMap { candidate in
            distance(name, candidate, limit: limit).map { (distance: $0, candidate) }
        }
        return close.min { $0.distance < $1.distance }?.1
    }
}
