import Certs

/// What to do about a certificate that must be renewed, and how its age is put in words.
enum CertificateRemedy {
    /// The commands that get another one and put it to work, by where it comes from; nil where the `.env` does not say.
    static func renewal(_ mode: CertificateSettings.Mode?) -> String {
        switch mode {
        case .selfSigned:
            "careinit provision makes a new one (careinit certs create --force where the local authority signed it), "
                + "and careinit certs install puts it to work"
        case .letsencrypt:
            "certbot renew, and then careinit certs install; careinit certs check says what keeps certbot from it"
        case .files:
            "put a new pair where TLS_CERT_PATH and TLS_KEY_PATH say, and then: careinit certs install"
        case nil: "put a new pair where the .env says, and then: careinit certs install"
        }
    }

    /// Such as `29 days and 33 % of its life are left, until 2027-03-15T12:00:00Z`.
    static func age(_ life: CertificateLifetime, now: Int64) -> String {
        let end = Clock.text(life.notAfter)
        switch life.state(at: now) {
        case .expired: return "it ended at \(end)"
        case .notYetValid: return "it begins at \(Clock.text(life.notBefore))"
        case .good, .due:
            return "\(left(life, now: now)) and \(percentage(life, now: now)) of its life are left, until \(end)"
        }
    }

    /// Whole days, or below two of them hours, and below two of those minutes.
    static func left(_ life: CertificateLifetime, now: Int64) -> String {
        let minutes = max(0, life.notAfter - now) / 60
        switch minutes {
        case ..<120: return minutes == 1 ? "1 minute" : "\(minutes) minutes"
        case ..<(48 * 60): return "\(minutes / 60) hours"
        default: return "\(minutes / 1440) days"
        }
    }

    /// Rounded down, so that what is due is below the third or the half that makes it so.
    static func percentage(_ life: CertificateLifetime, now: Int64) -> String {
        "\(Int(life.fractionLeft(at: now) * 100)) %"
    }
}
