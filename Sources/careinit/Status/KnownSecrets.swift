import EnvSchema
import Secrets

/// The secrets that a stack has, as far as they can be read: what its logs must not show.
enum KnownSecrets {
    /// Of the `.env`, of careinit's own, and of each generation that is kept: logs are older than the last change.
    static func redactor(of project: Project) -> Redactor {
        let names = (try? TemplateSource.environment().schema.variables.filter(\.isSecret).map(\.name)) ?? []
        var texts = secrets(in: project.environmentFile, named: names)
        // The names among them are words of ordinary logs.
        let own = InternalSecretsStore(project: project).stored
        texts.formUnion(own.filter { $0.key != InternalSecret.monitorLogin }.values)
        let store = GenerationStore(project: project)
        for number in store.numbers {
            let folder = "\(store.path(number))/app-1"
            texts.formUnion(secrets(in: "\(folder)/carenotes.env", named: names))
            let keys = FileSystem.read("\(folder)/keys.env") ?? []
            texts.formUnion(KeyValueFile.parse(keys).values.flatMap { $0.split(separator: ",").map(String.init) })
        }
        return Redactor(texts.map { SecretBytes($0) })
    }

    private static func secrets(in path: String, named names: [String]) -> Set<String> {
        guard let bytes = FileSystem.read(path) else { return [] }
        let document = EnvDocument(parsing: bytes)
        return Set(names.compactMap { document.value(of: $0) })
    }
}
