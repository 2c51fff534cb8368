/// The decorators of `@env-spec` (<https://varlock.dev/reference/root-decorators/> and `…/item-decorators/`).
enum Decorators {
    /// Those of the header that say something of the settings.
    static let root: Set = ["currentEnv", "envFlag", "defaultRequired", "defaultSensitive", "disable"]

    /// Those of the header that say how another tool runs, caches or generates; nothing of what a value may be.
    static let otherTools: Set = [
        "defaultDynamic", "cache", "redactLogs", "preventLeaks", "encryptInjectedEnv",
        "disableProcessEnvInjection", "auditIgnorePaths", "proxyConfig", "proxy", "generateTsTypes",
        "generatePythonEnv", "generateRustEnv", "generateGoEnv", "generatePhpEnv", "generateJavaEnv",
        "generateCsharpEnv", "generateTypes",
    ]

    /// Those of the header that bring in settings from elsewhere: what they add is not known here.
    static let unsupported: Set = ["import", "setValuesBulk", "plugin"]

    static let item: Set = [
        "required", "optional", "sensitive", "public", "internal", "dynamic", "static", "type", "example", "docs",
        "docsUrl", "tag", "icon", "deprecated", "auditIgnore", "placeholder", "proxy",
    ]

    /// What people write for other people; `@env-spec` only warns of them.
    static let remarks: Set = ["todo", "see", "note"]
}
