import Secrets

/// A password as a request brought it. It prints as `<secret>`, whatever prints it.
struct GivenPassword: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    let text: String

    var secret: SecretBytes { SecretBytes(text) }
    var description: String { "<secret>" }
    var customMirror: Mirror { Mirror(self, children: []) }

    /// Throws `weakPassword` for one that is not to be taken. `names` are what an attacker knows of its user, besides the address.
    func check(field: String, email: String, names: [String] = []) throws(AccountError) {
        let names = [email, String(email.prefix { $0 != "@" })] + names
        if let objection = PasswordRules.objection(to: text, names: names) {
            throw .weakPassword(field: field, objection)
        }
    }
}
