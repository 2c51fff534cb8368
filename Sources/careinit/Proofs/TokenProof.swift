import EnvSchema

/// The keys that sign tokens are hard to guess and not the same, and access tokens end before refresh tokens do.
struct TokenProof {
    var settings: ProofSettings

    func run(_ log: inout ProofLog) throws(ProofStop) {
        for name in ["JWT_SECRET", "JWT_REFRESH_SECRET"] {
            try log.passed(name, try SecretProof.strength(of: settings[name], name))
        }
        guard settings["JWT_SECRET"] != settings["JWT_REFRESH_SECRET"] else {
            throw .failed(
                "distinct",
                "JWT_REFRESH_SECRET is the same secret as JWT_SECRET: an access token would pass for a"
                    + " refresh token", fix: "let careinit wizard generate another one")
        }
        try log.passed("distinct", "two different keys")
        guard let access = settings.duration("JWT_EXPIRES_IN"),
            let refresh = settings.duration("JWT_REFRESH_EXPIRES_IN")
        else {
            throw .failed("lifetimes", "a lifetime is no duration", fix: "set it to a duration such as 15m or 7d")
        }
        let pair = "\(settings["JWT_EXPIRES_IN"]) and \(settings["JWT_REFRESH_EXPIRES_IN"])"
        guard access < refresh else {
            throw .failed(
                "lifetimes", "access tokens live as long as refresh tokens, or longer: \(pair)",
                fix: "lower JWT_EXPIRES_IN, or raise JWT_REFRESH_EXPIRES_IN")
        }
        try log.passed("lifetimes", pair)
    }
}

/// How hard a secret is to guess.
enum SecretProof {
    /// - Returns: What may be told of it.
    static func strength(of value: String, _ name: String) throws(ProofStop) -> String {
        let fix = "let careinit wizard generate it"
        guard !value.isEmpty else { throw .failed(name, "\(name) has no value", fix: fix) }
        let (length, least) = (value.unicodeScalars.count, SecretStrength.minimumLength)
        guard length >= least else {
            throw .failed(name, "\(name) has fewer than \(least) characters", fix: fix)
        }
        let strength = SecretStrength(of: value)
        guard !strength.isWeak else {
            let why = strength.pattern?.rawValue ?? "it is worth about \(strength.roundedBits) bits"
            throw .failed(name, "\(name) is easily guessed: \(why)", fix: fix)
        }
        return "\(least) characters or more, worth \(SecretStrength.leastBits.formattedBits) bits or more"
    }
}

extension Double {
    fileprivate var formattedBits: String { String(Int(self)) }
}
