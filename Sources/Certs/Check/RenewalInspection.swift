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
        if !isScheduled { problems.append(CertificateProblem(.renewalNotScheduled, .warning)) }
        let hooks = ["renew_hook", "deploy_hook", "post_hook", "installer"]
        let isHooked = hooks.contains { settings.parameters[$0].map { $0 != "None" && !$0.isEmpty } ?? false }
        if !isHooked && folder.reader.names("\(folder.root)/renewal-hooks/deploy").isEmpty {
            problems.append(CertificateProblem(.renewalWithoutHook, .warning))
        }
        return problems
    }

    private var isScheduled: Bool {
        Self.timers.contains { path in
            guard let bytes = folder.reader.bytes(path) else { return false }
            return String(decoding: bytes, as: UTF8.self).contains("certbot")
        }
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
