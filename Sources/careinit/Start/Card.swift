#if canImport(Glibc)
    import Glibc
#endif

/// What the operator needs to know once the stack is healthy. Every command in it works as printed, from any folder.
struct Card {
    let prepared: PreparedStack
    let project: Project
    /// The absolute path of careinit itself.
    var program = FileSystem.linkTarget("/proc/self/exe") ?? "careinit"

    private var origin: String { prepared.settings.application.origin }
    private var command: String { ShellWord.quoted(program) }
    private var file: String { ShellWord.quoted(project.environmentFile) }

    var lines: [String] {
        ["", "\(prepared.settings.application.name) is running: \(origin)", ""]
            + curl + administrator + ["", "Where everything listens:"] + listeners
            + prepared.plan.omissions.map { "  \($0.service.padded(to: 15)) not running: \($0.reason)" }
            + [
                "",
                "Look at it:     \(command) status --env-file \(file)",
                "Read its logs:  \(command) logs --env-file \(file)",
                "Stop it:        \(command) down --env-file \(file)",
                "Change it:      \(command) wizard --env-file \(file)",
            ]
    }

    private var curl: [String] {
        let trust = anchor.map { "--cacert \(ShellWord.quoted($0)) " } ?? ""
        return [
            "Take a resident in, and write a note:",
            "  token=$(\(command) token --role manager --env-file \(file))",
            "  resident=$(curl -s \(trust)-H \"Authorization: Bearer $token\" \\",
            "    -H 'Idempotency-Key: first-resident' -H 'Content-Type: application/json' \\",
            "    -d '{\"given_name\":\"Ada\",\"family_name\":\"Byron\"}' \(origin)/api/residents | cut -d'\"' -f4)",
            "  curl \(trust)-H \"Authorization: Bearer $token\" \\",
            "    -H 'Idempotency-Key: first-note' -H 'Content-Type: application/json' \\",
            "    -d '{\"resident_id\":\"'\"$resident\"'\",\"body\":\"Slept well.\"}' \(origin)/api/notes",
        ]
    }

    private var administrator: [String] {
        [
            "", "Make the first administrator, who then makes users, where there is none yet:",
            "  \(command) setup-token --env-file \(file)",
        ]
    }

    /// What curl must trust where no public authority signed; the certificate itself is no secret.
    private var anchor: String? {
        switch prepared.settings.web.certificate {
        case .selfSigned(let certificate, _), .files(let certificate, _):
            certificate.hasPrefix("/") ? certificate : "\(project.directory)/\(certificate)"
        case .letsEncrypt: nil
        }
    }

    private var listeners: [String] {
        prepared.plan.services.map { service in
            let places = service.listeners.map { Address.withPort($0.address, $0.port) }
            return "  \(service.name.padded(to: 15)) \(places.joined(separator: ", "))"
        }
    }
}
