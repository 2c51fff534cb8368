import EnvSchema

/// What a password must be (NIST SP 800-63B-4 §3.1.1): long, and not what anybody would try first. Nothing is asked about
/// its characters.
enum PasswordRules {
    /// In Unicode scalars.
    static let lengths = 12...128

    enum Objection: Equatable, Sendable {
        case tooShort
        case tooLong
        case aboutTheUser
        case common
        case pattern
        case unchanged

        /// For whoever chose it.
        var text: String {
            switch self {
            case .tooShort, .tooLong:
                "must have \(lengths.lowerBound) to \(lengths.upperBound) characters"
            case .aboutTheUser: "must not be made of the e-mail address or a name"
            case .unchanged: "must not be the present one"
            case .common: "is one of those that are tried first"
            case .pattern: "repeats itself, or follows the alphabet or the keyboard"
            }
        }
    }

    /// Nil where there is none. `names` are what an attacker knows of the user, such as the address and the organisation's name.
    static func objection(to password: String, names: [String]) -> Objection? {
        let length = password.unicodeScalars.count
        if length < lengths.lowerBound { return .tooShort }
        if length > lengths.upperBound { return .tooLong }
        let folded = fold(password)
        if common.contains(folded) || common.contains(withoutLastDigits(folded)) { return .common }
        if names.contains(where: { isMade(folded, of: fold($0)) }) { return .aboutTheUser }
        return isPattern(password) ? .pattern : nil
    }

    /// The name itself, or the name with a few characters around it.
    private static func isMade(_ password: String, of name: String) -> Bool {
        guard name.count >= 4, password.contains(name) else { return false }
        return password.replacing(name, with: "").count < 6
    }

    /// Repetitions and sequences; words are a good thing here.
    private static func isPattern(_ password: String) -> Bool {
        switch SecretStrength(of: password).pattern {
        case .repetition, .sequence: true
        case .words, nil: Set(password).count <= 3
        }
    }

    private static func withoutLastDigits(_ text: String) -> String {
        var text = text
        while text.last?.isNumber == true { text.removeLast() }
        return text
    }

    /// Letters and digits in lower case: `Pass-Word 1234` is as easily tried as `password1234`.
    private static func fold(_ text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    /// Folded, of the least length: whoever must have twelve characters comes to these first. Digits at the end do not make
    /// them better.
    private static let common: Set<String> = [
        "123456789012", "1234567890123", "123456789123", "password", "passwordpassword", "mypassword",
        "thisismypassword", "passwordispassword", "password1password", "p4ssw0rd", "passw0rd", "qwertyuiop",
        "qwertyuiopasdf", "qwerty123456", "1q2w3e4r5t6y", "1qaz2wsx3edc", "letmein", "letmeinletmein",
        "letmeinplease", "changeme", "changemechangeme", "changemenow", "pleasechangeme", "administrator",
        "adminadmin", "adminadminadmin", "adminpassword", "defaultpassword", "temporarypassword", "welcome",
        "welcomewelcome", "welcomehome", "secretsecret", "supersecret", "iloveyou", "iloveyouforever",
        "trustno1trustno1", "correcthorsebatterystaple", "carenotes", "carenotescarenotes", "carehome",
        "carehomecarehome", "nursinghome", "residentialhome", "careworker", "manchesterunited", "liverpoolfc",
        "footballfootball", "sunshinesunshine", "abcdefghijkl", "abcd1234abcd", "a1b2c3d4e5f6",
    ]
}
