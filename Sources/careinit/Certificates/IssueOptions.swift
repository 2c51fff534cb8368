/// What `certs issue` was asked for.
struct IssueOptions: Sendable, Equatable {
    var authority: CertbotCommand.Authority = .letsEncrypt
    /// Instead of LETSENCRYPT_EMAIL.
    var contact: String?
    var isStandalone = false
    var isForced = false
    var isRehearsal = false
}
