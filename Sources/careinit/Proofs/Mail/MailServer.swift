import Transport

/// Where mails are handed in, and how TLS begins there.
struct MailServer: Sendable, Equatable {
    enum Mode: Sendable, Equatable {
        /// TLS from the start (RFC 8314 §3.3).
        case implicitTLS
        /// In the clear at first (RFC 3207).
        case startTLS

        var other: Mode { self == .implicitTLS ? .startTLS : .implicitTLS }
        var words: String { self == .implicitTLS ? "TLS from the start" : "STARTTLS" }
    }

    var host: String
    var port: UInt16
    var mode: Mode

    var place: String { Address.withPort(host, port) }

    /// What `.env` says for it. Alertmanager speaks TLS from the start on port 465 and nowhere else, and the template
    /// wants the two settings to agree: nil for what it could not use.
    var settings: [ProofProblem.Setting]? {
        guard (port == 465) == (mode == .implicitTLS) else { return nil }
        return [
            .init(variable: "SMTP_PORT", value: "\(port)"),
            .init(variable: "SMTP_SECURE", value: mode == .implicitTLS ? "true" : "false"),
        ]
    }
}

/// The steps of handing in a mail, in their order.
enum MailLayer: String, Sendable, Equatable {
    case dns = "DNS"
    case tcp = "TCP"
    case tls = "TLS"
    case certificate
    case greeting
    case hello = "EHLO"
    case startTLS = "STARTTLS"
    case login = "AUTH"
    case sender = "MAIL FROM"
    case recipient = "RCPT TO"
    case data = "DATA"
}

/// Which step failed, and how.
struct MailFailure: Error, Equatable {
    enum Cause: Equatable {
        case smtp(SMTPError)
        /// The answer to EHLO lacks what the step needs; such as `STARTTLS`, or the mechanisms that there are.
        case notOffered(mechanisms: [String])
        /// Somebody wants the proof to stop.
        case stopped(ProofStop)
    }

    var layer: MailLayer
    var cause: Cause
}

extension MailFailure {
    /// Runs one step.
    static func at<Result>(
        _ layer: MailLayer, _ body: () throws(SMTPError) -> Result
    ) throws(MailFailure) -> Result {
        do throws(SMTPError) { return try body() } catch { throw MailFailure(layer: layer, cause: .smtp(error)) }
    }
}
