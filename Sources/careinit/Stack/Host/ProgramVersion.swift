/// The version that a program says it has, such as 3.0.2.
struct ProgramVersion: Sendable, Equatable, Comparable, CustomStringConvertible {
    var major: Int
    var minor: Int
    var patch: Int

    init(_ major: Int, _ minor: Int = 0, _ patch: Int = 0) {
        (self.major, self.minor, self.patch) = (major, minor, patch)
    }

    /// The first number with a dot in a program's answer to `--version`; nil where there is none.
    init?(in text: String) {
        for word in text.split(whereSeparator: { !("0"..."9").contains($0) && $0 != "." }) {
            let numbers = word.split(separator: ".").map { Int($0) }
            guard numbers.count >= 2, let major = numbers[0], let minor = numbers[1] else { continue }
            self.init(major, minor, numbers.count > 2 ? numbers[2] ?? 0 : 0)
            return
        }
        return nil
    }

    /// The OpenSSL that nginx says it runs with, in its answer to `-V`; nil for another library, and where it has none.
    ///
    /// nginx names two where the library is not the one that it was built with, and the one that it runs with last.
    init?(ofOpenSSLIn text: String) {
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("built with OpenSSL ") }) else {
            return nil
        }
        let parts = line.split(separator: "(running with ")
        guard let last = parts.last, parts.count == 1 || last.hasPrefix("OpenSSL ") else { return nil }
        self.init(in: String(last))
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    var description: String { "\(major).\(minor).\(patch)" }
}
