/// What kept certbot from getting a certificate, told by what it printed.
enum CertbotProblem: String, CaseIterable, Sendable {
    case rateLimited
    case unknownName
    case forbiddenByCAA
    case refused
    case timedOut
    case unreachable
    case wrongAnswer
    case nameNotIssued
    case contactRefused
    case alreadyRunning
    case notPermitted
    case diskFull
    case portTaken
    case authorityUntrusted
    case authorityUnreachable
    case authorityBusy
    case undecided
    case hookMissing

    /// The words that tell, in small letters. The first problem with a match counts, so what is special comes first.
    private static let signs: [(problem: Self, words: [String])] = [
        (.rateLimited, ["too many requests of a given type", "too many certificates", "ratelimited"]),
        (
            .nameNotIssued,
            ["will not issue certificates for the identifier", "rejectedidentifier", "forbidden by policy"]
        ),
        (
            .contactRefused,
            ["contact email", "invalidcontact", "the provided contact", "unable to register an account"]
        ),
        (.alreadyRunning, ["another instance of certbot is already running"]),
        (.notPermitted, ["permission denied", "either run as root"]),
        (.diskFull, ["no space left on device", "disk quota exceeded"]),
        (.portTaken, ["could not bind tcp port", "problem binding to port"]),
        (.hookMissing, ["-hook command"]),
        (.undecided, ["missing command line flag"]),
        (.authorityUntrusted, ["certificate_verify_failed", "sslcertverificationerror"]),
        (
            .authorityBusy,
            [
                "service busy", "internal error", "serverinternal", "service is down for maintenance",
                "rate limit exceeded",
            ]
        ),
        (
            .authorityUnreachable,
            [
                "max retries exceeded", "connection refused", "name or service not known", "newconnectionerror",
                "temporary failure in name resolution", "network is unreachable", "timed out",
                "connection aborted",
                "no route to host", "connection reset",
            ]
        ),
    ]

    /// - Parameter output: Everything that certbot printed.
    init?(output: String) {
        if let challenge = CertbotOutput.challenge(in: output) {
            self = Self(challenge)
            return
        }
        let text = output.lowercased()
        guard let row = Self.signs.first(where: { row in row.words.contains { text.contains($0) } }) else {
            return nil
        }
        self = row.problem
    }

    /// What the authority itself said of its look at the host: the error types of RFC 8555 §6.7, and the reason.
    private init(_ challenge: CertbotOutput.Challenge) {
        let detail = challenge.detail.lowercased()
        let says = { (words: [String]) in words.contains { detail.contains($0) } }
        switch challenge.type {
        case "dns", "dnssec", "unknownHost": self = .unknownName
        case "caa": self = .forbiddenByCAA
        case "rateLimited": self = .rateLimited
        case "connection", "tls":
            if says(["could not resolve", "no such host", "nxdomain", "no valid a records"]) {
                self = .unknownName
            } else if says(["refused"]) {
                self = .refused
            } else {
                self = says(["timeout", "timed out", "deadline exceeded"]) ? .timedOut : .unreachable
            }
        default: self = .wrongAnswer
        }
    }
}

/// What careinit reads in certbot's output.
enum CertbotOutput {
    struct Challenge: Equatable {
        /// Such as `dns`, `connection`, `unauthorized`.
        var type: String
        /// The authority's own words.
        var detail: String
    }

    /// The first look at a host that failed.
    static func challenge(in output: String) -> Challenge? {
        var type: String?
        for line in lines(output) {
            if let word = line.value(after: "Type:") { type = word }
            if let type, let detail = line.value(after: "Detail:") { return Challenge(type: type, detail: detail) }
        }
        return type.map { Challenge(type: $0, detail: "") }
    }

    /// The line in which certbot says why, for people.
    static func reason(in output: String) -> String? {
        if let detail = challenge(in: output)?.detail, !detail.isEmpty { return detail }
        let lines = lines(output)
        let leads = ["An unexpected error occurred:", "The following error was encountered:"]
        if let lead = lines.firstIndex(where: { leads.contains($0) }), lead + 1 < lines.count {
            return lines[lead + 1]
        }
        let idle = [
            "Saving debug log", "Ask for help", "Account registered", "Requesting a certificate", "Renewing an",
        ]
        return lines.first { line in !idle.contains { line.hasPrefix($0) } }
    }

    /// Whether the certificate that is there lasts, so that none was asked for.
    static func isNotDue(_ output: String) -> Bool { output.contains("not yet due for renewal") }

    /// Whether what certbot called with the certificate failed: certbot itself then ends well.
    static func hasFailedHook(_ output: String) -> Bool { output.contains("reported error code") }

    private static func lines(_ output: String) -> [String] {
        output.split(separator: "\n").map { line in
            String(line.drop { $0 == " " || $0 == "\t" }.prefix { $0 != "\r" })
        }.filter { !$0.isEmpty }
    }
}

extension String {
    fileprivate func value(after label: String) -> String? {
        hasPrefix(label) ? String(dropFirst(label.count).drop { $0 == " " }) : nil
    }
}
