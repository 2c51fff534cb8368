import EnvSchema
import Secrets
import Templates

/// Reads the file of settings that one replica was given.
enum ServeSettings {
    /// No file of settings is longer, in bytes.
    private static let sizeLimit = 1 << 20

    static func load(_ path: String) throws(ServeFailure) -> Settings {
        do {
            return try read(EnvDocument(parsing: try AtomicFile.read(path, limit: sizeLimit)))
        } catch let error as FileError {
            throw .unreadableFile(path: path, reason: error.reason)
        } catch let error as ConfigurationError where error.code == .findings {
            throw .invalidSettings(path: path, findings: error.findings)
        } catch let error as ConfigurationError {
            throw .internalError("the template does not fit carenotes: \(error.code) \(error.variable ?? "")")
        } catch {
            throw .internalError("the embedded template cannot be used")
        }
    }

    private static func read(_ document: EnvDocument) throws -> Settings {
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment)).restricted(to: "carenotes")
        return try Settings(try Configuration(document: document, schema: schema))
    }
}
