/// Where the certificate is to be used, for the advice.
struct CertbotSite {
    var host: String
    var httpPort: UInt16
    /// certbot's configuration.
    var folder: String

    /// The log in which certbot tells everything.
    var log: String {
        folder == CertbotCommand.systemFolder
            ? "/var/log/letsencrypt/letsencrypt.log" : "\(folder)/logs/letsencrypt.log"
    }
}

extension CertbotProblem {
    /// For people: what went wrong, and how to mend it. `reason` are certbot's own words, or the authority's.
    func failure(_ site: CertbotSite, reason: String?) -> CommandFailure {
        CommandFailure(exitCode, what(site), place: site.log, why: reason, fix: fix(site))
    }

    private var exitCode: ExitCode {
        switch self {
        case .notPermitted: .notPermitted
        case .alreadyRunning: .locked
        case .diskFull: .cannotCreate
        case .authorityUntrusted, .authorityUnreachable, .authorityBusy, .portTaken: .unavailable
        case .nameNotIssued, .contactRefused: .invalidData
        default: .failure
        }
    }

    private func what(_ site: CertbotSite) -> String {
        switch self {
        case .rateLimited: "The authority has given out, or refused, too many certificates for \(site.host) lately"
        case .unknownName: "The authority finds no address for \(site.host) in the DNS"
        case .forbiddenByCAA: "A CAA record in the DNS forbids this authority certificates for \(site.host)"
        case .refused: "Nothing answers the authority on port 80 of \(site.host)"
        case .timedOut: "The authority got no answer from port 80 of \(site.host)"
        case .unreachable: "The authority could not talk to port 80 of \(site.host)"
        case .wrongAnswer: "Another server than this one answers the authority on port 80 of \(site.host)"
        case .nameNotIssued: "The authority gives no certificates for \(site.host)"
        case .contactRefused: "The authority does not take the mail address of the account"
        case .alreadyRunning: "Another certbot is at work"
        case .notPermitted: "certbot may not write where it has to"
        case .diskFull: "certbot has no room on the disk"
        case .portTaken: "certbot cannot listen on port \(site.httpPort)"
        case .authorityUntrusted: "The authority's own server is not trusted"
        case .authorityUnreachable: "The authority cannot be reached"
        case .authorityBusy: "The authority is too busy, or broken"
        case .undecided: "certbot would have to ask"
        case .hookMissing: "certbot does not find the program that it should call with the certificate"
        }
    }

    private func fix(_ site: CertbotSite) -> String {
        switch self {
        case .rateLimited: "wait until the time that it names; --staging tries without these limits"
        case .unknownName:
            "make an A or AAAA record of \(site.host) that leads to this machine, or correct APP_URL"
        case .forbiddenByCAA: "add the authority to the CAA records: \(site.host). CAA 0 issue \"letsencrypt.org\""
        case .refused, .timedOut, .unreachable: Self.openPort(site)
        case .wrongAnswer:
            "let the DNS records of \(site.host), IPv6 (AAAA) too, lead to this machine, and port 80 to HTTP_PORT=\(site.httpPort)"
        case .nameNotIssued: "set APP_URL to a name that is yours in the public DNS"
        case .contactRefused: "correct LETSENCRYPT_EMAIL, or leave it empty"
        case .alreadyRunning: "wait until it has ended; certbot's timer starts one twice a day"
        case .notPermitted: "run the same command with sudo, or set LETSENCRYPT_DIR to a folder of yours"
        case .diskFull: "make room, and run the same command again"
        case .portTaken: "stop what listens there, or choose another HTTP_PORT in .env"
        case .authorityUntrusted:
            "apt-get install ca-certificates; for an authority of your own: REQUESTS_CA_BUNDLE=FILE before the command"
        case .authorityUnreachable: "let this machine reach it (HTTPS, DNS, a proxy in HTTPS_PROXY), and try again"
        case .authorityBusy: "try again in an hour; https://letsencrypt.status.io tells how Let's Encrypt fares"
        case .undecided:
            "run certbot by hand, as careinit certs issue --dry-run prints it, without --non-interactive"
        case .hookMissing: "install careinit where it can stay, and run the same command again"
        }
    }

    private static func openPort(_ site: CertbotSite) -> String {
        let forward = site.httpPort == 80 ? "" : ", forward it to port \(site.httpPort) of this machine,"
        return
            "open port 80 in the firewall\(forward) and let the DNS records of \(site.host), IPv6 (AAAA) too, lead here"
    }
}
