import Transport

/// The words after the command, as pairs of option and value.
struct Options: Sendable {
    private var values: [String: String] = [:]

    init(_ words: ArraySlice<String>, known: Set<String>) throws(LoadFailure) {
        var rest = words
        while let name = rest.popFirst() {
            guard known.contains(name) else { throw LoadFailure(64, "there is no option \(name)") }
            guard let value = rest.popFirst() else { throw LoadFailure(64, "\(name) needs a value") }
            values[name] = value
        }
    }

    func text(_ name: String) -> String? { values[name] }

    func required(_ name: String) throws(LoadFailure) -> String {
        guard let value = values[name] else { throw LoadFailure(64, "\(name) is missing") }
        return value
    }

    /// A number from just above 0 to the limit, after which one of the units may stand.
    func number(
        _ name: String, default standard: Double? = nil, units: [String] = [], limit: Double = 1e9
    ) throws(LoadFailure) -> Double {
        guard let text = values[name] else {
            guard let standard else { throw LoadFailure(64, "\(name) is missing") }
            return standard
        }
        let unit = units.first { text.hasSuffix($0) } ?? ""
        guard let number = Double(text.dropLast(unit.count)), number > 0, number <= limit else {
            throw LoadFailure(64, "\(name) is not a number above 0: \(text)")
        }
        return number
    }

    func share(_ name: String, default standard: Int) throws(LoadFailure) -> Int {
        guard let text = values[name] else { return standard }
        guard let number = Double(text), (0...1).contains(number) else {
            throw LoadFailure(64, "\(name) is not a share from 0 to 1: \(text)")
        }
        return Int((number * 1_000_000).rounded())
    }

    /// An address such as `127.0.0.1:8443`.
    func endpoint(_ name: String) throws(LoadFailure) -> Endpoint? {
        guard let text = values[name] else { return nil }
        do throws(TransportError) { return try HTTPAddress("http://" + text).endpoint } catch {
            throw LoadFailure(64, "\(name) is not HOST:PORT: \(text)")
        }
    }
}
