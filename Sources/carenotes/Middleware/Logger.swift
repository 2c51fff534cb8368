import Secrets
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// How much is logged, as LOG_LEVEL says it.
enum LogLevel: String, Sendable, Comparable, CaseIterable {
    case error, warn, info, debug

    private var order: Int {
        switch self {
        case .error: 0
        case .warn: 1
        case .info: 2
        case .debug: 3
        }
    }

    static func < (left: LogLevel, right: LogLevel) -> Bool { left.order < right.order }
}

/// Writes one line per event to standard error: JSON for machines, or simple text for people.
///
/// It holds no note, no token and no address of a client, because nobody gives it one. A reader that does not keep up
/// loses lines rather than hold up requests.
final class Logger: Sendable {
    enum Format: String, Sendable {
        case json, simple
    }

    enum Value: Sendable {
        case text(String)
        case integer(Int)
        case seconds(Double)
    }

    typealias Field = (name: String, value: Value)

    let level: LogLevel
    private let format: Format
    private let output: LogOutput
    private let state: Mutex<(common: [Field], redactor: Redactor)>

    /// `common` stands in every line.
    init(level: LogLevel, format: Format, output: LogOutput, common: [Field]) {
        self.level = level
        self.format = format
        self.output = output
        state = Mutex((common, Redactor()))
    }

    /// Changes what stands in every line from now on, and what never may.
    func replace(common: [Field], redactor: Redactor) { state.withLock { $0 = (common, redactor) } }

    /// Lines that no reader took.
    var dropped: Int { output.dropped }

    /// Asked before a line's fields are made, which costs more than the question.
    func logs(_ level: LogLevel) -> Bool { level <= self.level }

    func log(_ level: LogLevel, _ message: String, _ fields: [Field] = []) {
        guard logs(level) else { return }
        let (common, redactor) = state.withLock { $0 }
        let shown = (common + fields).map { field -> Field in
            guard case .text(let text) = field.value else { return field }
            return (field.name, .text(redactor.redact(text)))
        }
        let bytes = format == .json ? json(level, message, shown) : simple(level, message, shown)
        output.write(bytes)
    }

    private func json(_ level: LogLevel, _ message: String, _ fields: [Field]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("time", WallClock.text())
            json.member("level", level.rawValue)
            json.member("message", message)
            for field in fields {
                json.name(field.name)
                switch field.value {
                case .text(let text): json.string(text)
                case .integer(let number): json.integer(number)
                case .seconds(let seconds): json.raw(Decimal.text(seconds, digits: 6))
                }
            }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    private func simple(_ level: LogLevel, _ message: String, _ fields: [Field]) -> [UInt8] {
        let texts = fields.map { field in
            switch field.value {
            case .text(let text): "\(field.name)=\(Self.oneLine(text))"
            case .integer(let number): "\(field.name)=\(number)"
            case .seconds(let seconds): "\(field.name)=\(Decimal.text(seconds, digits: 6))"
            }
        }
        let line = [WallClock.text(), level.rawValue, message] + texts
        return Array((line.joined(separator: " ") + "\n").utf8)
    }

    /// No text can start a line of its own, or steer a terminal.
    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
