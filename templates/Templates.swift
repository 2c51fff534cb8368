/// The files that the stack is configured with, embedded in the executables.
public enum Templates {
    /// The commented `.env` template, which is the schema.
    public static var environment: [UInt8] { PackageResources._env_production_template }
}
