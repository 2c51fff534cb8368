import COpenSSL
import OpenSSL

/// What is wrong with the leaf itself.
struct LeafInspection {
    var leaf: CertificateHandle
    var host: String
    /// Seconds since 1970.
    var now: Int64

    /// Of NIST SP 800-57: RSA of 2048 bits has 112, P-256 has 128.
    static let minimumSecurityBits: Int32 = 112

    var problems: [CertificateProblem] {
        defer { ERR_clear_error() }
        return nameProblems + dateProblems + strengthProblems + usageProblems
    }

    private var nameProblems: [CertificateProblem] {
        if leaf.names.isEmpty { return [CertificateProblem(.noNames)] }
        return leaf.covers(host) ? [] : [CertificateProblem(.nameMismatch, .error, host)]
    }

    private var dateProblems: [CertificateProblem] {
        let notBefore = leaf.notBefore
        let notAfter = leaf.notAfter
        if now < notBefore { return [CertificateProblem(.notYetValid, .error, DayText.text(of: notBefore))] }
        if now > notAfter { return [CertificateProblem(.expired, .error, DayText.text(of: notAfter))] }
        return Renewal.isDue(notBefore: notBefore, notAfter: notAfter, now: now)
            ? [CertificateProblem(.expiresSoon, .warning, DayText.text(of: notAfter))] : []
    }

    private var strengthProblems: [CertificateProblem] {
        var problems: [CertificateProblem] = []
        if let key = X509_get0_pubkey(leaf.pointer), EVP_PKEY_get_security_bits(key) < Self.minimumSecurityBits {
            let algorithm = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "key"
            problems.append(CertificateProblem(.weakKey, .error, "\(algorithm), \(EVP_PKEY_get_bits(key)) bits"))
        }
        var bits: Int32 = 0
        if X509_get_signature_info(leaf.pointer, nil, nil, &bits, nil) == 1, bits < Self.minimumSecurityBits {
            problems.append(CertificateProblem(.weakSignature))
        }
        return problems
    }

    private var usageProblems: [CertificateProblem] {
        var problems: [CertificateProblem] = []
        if X509_check_ca(leaf.pointer) == 1 {
            problems.append(CertificateProblem(.isAuthority))
        } else if X509_check_purpose(leaf.pointer, X509_PURPOSE_SSL_SERVER, 0) != 1 {
            problems.append(CertificateProblem(.noServerUsage))
        }
        if X509_get_ext_by_NID(leaf.pointer, NID_tlsfeature, -1) >= 0 {
            problems.append(CertificateProblem(.mustStaple))
        }
        if leaf.issuer.contains("(STAGING)") || leaf.issuer.contains("Fake LE ") {
            problems.append(CertificateProblem(.stagingIssuer, .error, leaf.issuer))
        }
        return problems
    }
}

/// When a certificate should be renewed.
package enum Renewal {
    /// At a third of its life left, or at half of it where it lives for less than ten days: certbot 4's rule.
    package static func isDue(notBefore: Int64, notAfter: Int64, now: Int64) -> Bool {
        let lifetime = notAfter - notBefore + 1
        let left = notAfter - now
        return lifetime < 10 * 86_400 ? left < lifetime / 2 : left < lifetime / 3
    }
}

/// A time as its day in UTC, such as `2027-03-15`.
enum DayText {
    /// From seconds since 1970, by the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date
    /// algorithms").
    static func text(of seconds: Int64) -> String {
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
    }

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
