import EnvSchema
import Secrets

extension GenerationPolicy {
    /// A new one.
    func secret() throws(SecretsError) -> String {
        switch self {
        case .urlSafe(let length): try SecretGenerator.urlSafe(length: length)
        case .hex(let bytes): try SecretGenerator.hex(bytes: bytes)
        }
    }
}
