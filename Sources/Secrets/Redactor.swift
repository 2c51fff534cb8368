/// Takes known secrets out of text that is about to be shown: each stands as `<secret>` in it.
///
/// The last line of defence: nobody gives a secret to what writes such text, and this holds where somebody does, or where a
/// server prints what it was given.
package struct Redactor: Sendable {
    /// The longest first, so that no part of one is left where another is a part of it.
    private let secrets: [SecretBytes]
    private static let replacement = Array("<secret>".utf8)
    /// Bytes: shorter ones are words of ordinary text as well.
    package static let shortest = 8

    /// Secrets that are too short are left out.
    package init(_ secrets: [SecretBytes] = []) {
        self.secrets = secrets.filter { $0.count >= Self.shortest }.sorted { $0.count > $1.count }
    }

    package func redact(_ text: String) -> String {
        guard !secrets.isEmpty else { return text }
        let bytes = Array(text.utf8)
        let redacted = redact(bytes)
        return redacted.count == bytes.count && redacted == bytes
            ? text : String(decoding: redacted, as: UTF8.self)
    }

    package func redact(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for secret in secrets where secret.count <= bytes.count {
            while let start = secret.withBytes({ Self.find($0, in: bytes) }) {
                bytes.replaceSubrange(start..<start + secret.count, with: Self.replacement)
            }
        }
        return bytes
    }

    /// Where the wanted bytes begin; they are not empty.
    private static func find(_ wanted: UnsafeRawBufferPointer, in bytes: [UInt8]) -> Int? {
        guard let first = wanted.first else { return nil }
        return bytes.withUnsafeBytes { bytes in
            let last = bytes.count - wanted.count
            var start = 0
            while start <= last {
                if bytes[start] == first,
                    UnsafeRawBufferPointer(rebasing: bytes[start..<start + wanted.count]).elementsEqual(wanted)
                {
                    return start
                }
                start += 1
            }
            return nil
        }
    }
}
