/// Names in other scripts in the form that DNS and certificates have: `münchen.de` is `xn--mnchen-3ya.de` (RFC 5890).
package enum InternationalName {
    /// The name with each label in ASCII; the same where it is ASCII already.
    ///
    /// nil where a label holds anything but letters and digits: what has several spellings, such as a letter with a
    /// separate accent, must be given in its `xn--` form.
    package static func ascii(_ name: String) -> String? {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name }
        // The full stops of Chinese and Japanese separate labels, too.
        let labels = name.split(omittingEmptySubsequences: false) {
            $0 == "." || $0 == "\u{3002}" || $0 == "\u{FF0E}"
        }
        var result: [String] = []
        for label in labels {
            guard let ascii = asciiLabel(String(label)) else { return nil }
            result.append(ascii)
        }
        return result.joined(separator: ".")
    }

    private static func asciiLabel(_ label: String) -> String? {
        if label.utf8.allSatisfy({ $0 < 0x80 }) { return label.lowercased() }
        let scalars = Array(label.lowercased().unicodeScalars)
        let isPlain = scalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber: true
            default: scalar == "-"
            }
        }
        return isPlain ? Punycode.encode(scalars).map { "xn--" + $0 } : nil
    }
}

/// RFC 3492, with the parameters of its section 5.
enum Punycode {
    private static let base = 36
    private static let least = 1
    private static let most = 26

    /// nil where the numbers overflow, which no label of DNS' length makes them.
    static func encode(_ scalars: [Unicode.Scalar]) -> String? {
        let points = scalars.map { Int($0.value) }
        var output = points.filter { $0 < 0x80 }.map { UInt8($0) }
        let basicCount = output.count
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var (current, delta, bias, handled) = (0x80, 0, 72, basicCount)
        while handled < points.count {
            guard let next = points.filter({ $0 >= current }).min() else { return nil }
            let (step, isTooMuch) = (next - current).multipliedReportingOverflow(by: handled + 1)
            if isTooMuch { return nil }
            delta += step
            current = next
            for point in points {
                if point < current { delta += 1 }
                guard point == current else { continue }
                output += digits(of: delta, bias: bias)
                bias = adapt(delta, count: handled + 1, isFirst: handled == basicCount)
                (delta, handled) = (0, handled + 1)
            }
            (delta, current) = (delta + 1, current + 1)
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// A number in digits whose weight depends on what came before.
    private static func digits(of number: Int, bias: Int) -> [UInt8] {
        var digits: [UInt8] = []
        var rest = number
        var position = base
        while true {
            let threshold = min(max(position - bias, least), most)
            if rest < threshold { return digits + [digit(rest)] }
            digits.append(digit(threshold + (rest - threshold) % (base - threshold)))
            rest = (rest - threshold) / (base - threshold)
            position += base
        }
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(value < 26 ? value + Int(UInt8(ascii: "a")) : value - 26 + Int(UInt8(ascii: "0")))
    }

    private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var bias = 0
        while delta > (base - least) * most / 2 {
            delta /= base - least
            bias += base
        }
        return bias + (base - least + 1) * delta / (delta + 38)
    }
}
