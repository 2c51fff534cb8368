import EnvSchema
import Secrets
import Templates

/// Reads the file of settings that one replica was given.
enum ServeSettings {
    /// No file of settings is longer, in bytes.
    private static let sizeLimit = 1 << 20

    /// Both files, of one generation: another may be put in force between the reading of the first and of the second.
    static func load(_ arguments: ServeArguments) throws(ServeFailure) -> (Settings, ReplicaSecrets) {
        var keys = try loadKeys(arguments.keysFile)
        while true {
            let settings = try load(arguments.environmentFile)
            let now = try loadKeys(arguments.keysFile)
            if now == keys { return (settings, ReplicaSecrets(settings, keys)) }
            keys = now
        }
    }

    private static func loadKeys(_ path: String?) throws(ServeFailure) -> KeysFile {
        guard let path else { return KeysFile() }
        do {
            return try KeysFile(parsing: try AtomicFile.read(path, limit: sizeLimit))
        } catch let error as FileError {
            throw .unreadableFile(path: path, reason: error.reason)
        } catch let fault as KeysFile.Fault {
            throw .invalidKeys(path: path, line: fault.line, reason: fault.reason)
        } catch {
            throw .internalError("the file of keys cannot be used")
        }
    }

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
