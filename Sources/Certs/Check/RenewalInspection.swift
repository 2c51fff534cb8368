/// Whether certbot renews a certificate by itself, and tells the server: its file `renewal/NAME.conf`, a timer or cron
/// job, and a hook that reloads.
struct RenewalInspection {
    var folder: CertificateFolder

    private static let timers = [
        "/etc/systemd/system/timers.target.wants/certbot.timer",
        "/etc/systemd/system/timers.target.wants/snap.certbot.renew.timer",
        "/etc/systemd/system/timers.target.wants/certbot-renew.timer", "/etc/cron.d/certbot",
        "/etc/cron.daily/certbot", "/var/spool/cron/crontabs/root",
    ]

    var problems: [CertificateProblem] {
        let path = "\(folder.root)/renewal/\(folder.name).conf"
        guard let bytes = folder.reader.bytes(path) else {
            return [CertificateProblem(.renewalMissing, .error, path)]
        }
        guard let settings = RenewalSettings(bytes) else {
            return [CertificateProblem(.renewalUnreadable, .error, path)]
        }
        var problems: [CertificateProblem] = []
        if settings.parameters["autorenew"]?.lowercased() == "false" {
            problems.append(CertificateProblem(.renewalDisabled, .error, path))
        }
        if !isScheduled { problems.append(CertificateProblem(.renewalNotScheduled, .warning, otherFolder ?? "")) }
        let hooks = ["renew_hook", "deploy_hook", "post_hook", "installer"]
        let isHooked = hooks.contains { settings.parameters[$0].map { $0 != "None" && !$0.isEmpty } ?? false }
        if !isHooked && folder.reader.names("\(folder.root)/renewal-hooks/deploy").isEmpty {
            problems.append(CertificateProblem(.renewalWithoutHook, .warning))
        }
        return problems
    }

    /// nil for the folder that certbot takes unless it is told otherwise: the timers of packages renew no other.
    private var otherFolder: String? { folder.root == "/etc/letsencrypt" ? nil : folder.root }

    private var isScheduled: Bool {
        guard let otherFolder else { return Self.timers.contains { isNamed("certbot", in: $0) } }
        let tables = ["/etc/cron.d", "/var/spool/cron/crontabs"].flatMap { place in
            folder.reader.names(place).map { "\(place)/\($0)" }
        }
        return (tables + Self.timers).contains { isNamed("certbot", in: $0) && isNamed(otherFolder, in: $0) }
    }

    private func isNamed(_ word: String, in path: String) -> Bool {
        folder.reader.bytes(path).map { String(decoding: $0, as: UTF8.self).contains(word) } ?? false
    }
}

/// certbot's file of one certificate: `name = value`, under `[renewalparams]` what it does at renewal.
struct RenewalSettings {
    var parameters: [String: String] = [:]

    /// nil for what is not of that form.
    init?(_ bytes: [UInt8]) {
        var section = ""
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let text = line.trimmed
            if text.isEmpty || text.hasPrefix("#") { continue }
            if text.hasPrefix("[") {
                // Deeper sections, such as `[[webroot_map]]`, are certbot's own affair.
                guard text.hasSuffix("]") else { return nil }
                section = text
                continue
            }
            guard let sign = text.firstIndex(of: "=") else { return nil }
            if section == "[renewalparams]" {
                parameters[text[..<sign].trimmed] = text[text.index(after: sign)...].trimmed
            }
        }
        if section.isEmpty { return nil }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let isBlank = { (character: Character) in character == " " || character == "\t" || character == "\r" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}

extension String {
    fileprivate var trimmed: String { self[...].trimmed }
}
