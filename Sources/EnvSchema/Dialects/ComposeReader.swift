/// Docker Compose, over the document that careinit itself reads.
enum ComposeReader {
    static func read(_ bytes: [UInt8], environment: [String: String]) -> DialectReading {
        let document = EnvDocument(parsing: bytes, environment: environment)
        var reading = DialectReading()
        for item in document.items {
            switch item.kind {
            case .assignment(let index):
                let assignment = document.assignments[index]
                reading.assign(assignment.name, .text(assignment.value), item.range)
            case .unreadable:
                // A bare name takes the value that the process has.
                let name = document.bytes[item.range].trimmed.text
                if let value = environment[name] { reading.assign(name, .text(value), item.range) }
            case .byteOrderMark, .blank, .comment: break
            }
        }
        if let offset = document.refusedAt { reading.fail(at: offset) }
        return reading
    }
}
