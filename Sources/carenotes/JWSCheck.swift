import Secrets

/// `carenotes jws-check FILE`: what carenotes' own verification makes of JSON web signatures, so that published test vectors
/// can be run through it. One flat JSON object a line: `jws`, `key` (base64url) and, where it is known, `valid`.
enum JWSCheck {
    static let help = """
        carenotes jws-check: check JSON web signatures the way carenotes checks its tokens

        Usage: carenotes jws-check FILE

        Each line of FILE is one JSON object:
          {"jws": "HEADER.PAYLOAD.SIGNATURE", "key": "BASE64URL", "valid": true}

        `key` is the secret of HS256, without padding; `valid`, which may be missing, is what should come out. Each line gives
        one line of output: accepted, or rejected with the reason, and MISMATCH where `valid` says otherwise. It judges the
        signature and its header; types, issuer, audience and times are checked on top of that by the server.

        Exit codes: 0 all as `valid` says, 1 some are not, 64 command line, 65 a line cannot be read, 66 no such file.

        Example: carenotes jws-check vectors.jsonl
        """

    /// Bytes.
    private static let sizeLimit = 64 << 20

    struct Line: Equatable, Sendable {
        var token: String
        var key: [UInt8]
        var isValid: Bool?

        /// Nil for anything but the members above.
        init?(_ bytes: [UInt8]) {
            guard let members = FlatJSON.decode(bytes), case .string(let token) = members["jws"],
                case .string(let text) = members["key"], let key = Base64URL.decode(text.utf8)
            else { return nil }
            switch members["valid"] {
            case .boolean(let isValid): self.isValid = isValid
            case nil: isValid = nil
            default: return nil
            }
            self.token = token
            self.key = key
        }

        /// Nil where the signature is accepted.
        var rejection: TokenError? {
            do throws(TokenError) {
                _ = try JSONWebSignature.verify(token) { _ throws(TokenError) in SecretBytes(key) }
                return nil
            } catch {
                return error
            }
        }

        var isMismatch: Bool { isValid.map { $0 != (rejection == nil) } ?? false }

        var verdict: String {
            let verdict = rejection.map { "rejected \($0)" } ?? "accepted"
            return isMismatch ? "\(verdict) MISMATCH" : verdict
        }
    }

    /// Returns what the process exits with.
    static func run(_ path: String) throws(ServeFailure) -> Int32 {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try AtomicFile.read(path, limit: sizeLimit)
        } catch {
            throw .unreadableFile(path: path, reason: error.reason)
        }
        var (number, mismatches) = (0, 0)
        for text in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            if text.isEmpty { continue }
            guard let line = Line(Array(text)) else { throw .unreadableLine(path: path, number: number) }
            print("\(number) \(line.verdict)")
            if line.isMismatch { mismatches += 1 }
        }
        return mismatches == 0 ? 0 : 1
    }
}
