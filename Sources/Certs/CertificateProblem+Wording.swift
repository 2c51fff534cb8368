extension CertificateProblem {
    /// What is wrong, as a sentence without a full stop.
    package var reason: String {
        switch code {
        case .certificateUnparsable: "the certificate file holds no certificate in PEM that can be read"
        case .keyUnparsable: "the key file holds no private key in PEM that can be read"
        case .keyEncrypted: "the private key needs a passphrase, which nobody types when nginx starts"
        case .keyMismatch: "the private key does not belong to the certificate"
        case .noNames: "the certificate names no host in its subjectAltName, the only place where clients look"
        case .nameMismatch: "no name of the certificate covers \(context)"
        case .notYetValid: "the certificate is not valid yet: it begins \(context)"
        case .expired: "the certificate expired \(context)"
        case .expiresSoon: "the certificate expires \(context)"
        case .weakKey: "the key is too weak: \(context)"
        case .weakSignature: "the certificate is signed with a digest that is too weak"
        case .isAuthority: "the certificate is that of an authority, not of a server"
        case .noServerUsage: "the certificate is not meant for servers (extended key usage)"
        case .mustStaple: "the certificate demands OCSP stapling, which its authority may no longer offer"
        case .chainOutOfOrder: "the certificates of the chain are out of order: \(context)"
        case .chainIncomplete: "the chain lacks the certificate of \(context)"
        case .chainExpired: "a certificate of the chain is not valid now: \(context)"
        case .rootIncluded: "the chain holds its root, which clients have and ignore"
        case .stagingIssuer: "the certificate is from a test authority that no client trusts: \(context)"
        case .untrusted: "the chain does not verify: \(context)"
        case .linkMissing: "\(context) is missing or leads nowhere"
        case .linkForeign: "\(context) is no link into certbot's archive"
        case .linksDisagree: "the links lead to different generations: \(context)"
        case .linkOutdated: "the links lead to \(context), which is not the newest"
        case .chainFilesDisagree: "fullchain.pem is not cert.pem followed by chain.pem"
        case .keyReadableByOthers: "the private key may be read by every user of this machine"
        case .folderOpen: "\(context) may be entered by others than its owner"
        case .pairClosed: "careinit cannot read the pair for this stack: \(context)"
        case .renewalMissing: "certbot does not know this certificate: there is no \(context)"
        case .renewalUnreadable: "certbot cannot read \(context)"
        case .renewalDisabled: "the renewal is turned off in \(context)"
        case .renewalNotScheduled where context.isEmpty:
            "nothing starts certbot's renewal: there is no timer and no cron job of its"
        case .renewalNotScheduled:
            "nothing is seen to start certbot's renewal of \(context): Debian's timer renews /etc/letsencrypt only"
        case .renewalWithoutHook: "nothing tells nginx about a renewed certificate: certbot has no deploy hook"
        case .servedDiffers: "the server shows another certificate than the one on the disk: \(context)"
        case .servedUnreachable: "the server's certificate could not be read: \(context)"
        default: ruleReason
        }
    }

    /// What to do about it, as a sentence without a full stop.
    package var fix: String {
        switch code {
        case .certificateUnparsable, .chainIncomplete, .chainOutOfOrder, .chainFilesDisagree:
            "put the leaf first, then each issuer in turn, as `-----BEGIN CERTIFICATE-----` blocks into one file"
        case .keyUnparsable: "put the private key there, as one `-----BEGIN PRIVATE KEY-----` block"
        case .keyEncrypted: "store it without a passphrase: openssl pkey -in KEY -out NEWKEY"
        case .keyMismatch: "bring the key from which this certificate was requested, or request a new one"
        case .noNames, .nameMismatch, .noServerUsage, .isAuthority, .mustStaple:
            "get a certificate for the host of APP_URL, or correct APP_URL"
        case .notYetValid: "set this machine's clock, or wait"
        case .expired, .expiresSoon, .chainExpired:
            "renew it: `certbot renew` for Let's Encrypt, `careinit wizard` for a self-signed one"
        case .weakKey, .weakSignature: "get one with a P-256 key or RSA of 2048 bits or more, signed with SHA-256"
        case .rootIncluded: "take the root out of the file"
        case .stagingIssuer: "request it again without certbot's --staging or --test-cert"
        case .untrusted:
            "get the chain from your authority anew, or let its clients trust it: careinit certs trust, for our own"
        case .linkMissing, .linkForeign, .linksDisagree, .linkOutdated:
            "let certbot mend its folder: `certbot update_symlinks`, then `certbot renew --dry-run`"
        case .keyReadableByOthers: "chmod 600 the key"
        case .folderOpen: "chmod 700 the folder"
        case .pairClosed:
            "let one user run certbot and the stack: root, or the stack's own, with LETSENCRYPT_DIR in a folder of theirs"
        case .renewalMissing, .renewalUnreadable: "request it anew: careinit certs issue --force-renewal"
        case .renewalDisabled: "set autorenew = True there"
        case .renewalNotScheduled where context.isEmpty: "systemctl enable --now certbot.timer"
        case .renewalNotScheduled:
            "crontab -e, with a line: 23 4,16 * * * certbot renew --quiet --config-dir '\(context)' --work-dir "
                + "'\(context)/work' --logs-dir '\(context)/logs'"
        case .renewalWithoutHook: "let certbot call careinit: careinit certs issue --force-renewal"
        case .servedDiffers: "let the server load it: careinit up"
        case .servedUnreachable: "start the server, or name another one: --connect HOST:PORT"
        default: CertificateRuleTexts.all[code]?.fix.text ?? ""
        }
    }

    private var ruleReason: String {
        let text = CertificateRuleTexts.all[code]?.reason ?? code.rawValue
        return context.isEmpty ? text : "\(text): \(context)"
    }
}
