import Templates

/// Where templates come from: embedded in careinit, or a folder of the same layout.
struct TemplateLibrary: Sendable {
    /// $CAREINIT_TEMPLATES; nil: the embedded ones.
    var folder: String?

    /// The bytes of a template, by its path relative to `templates/`, such as `nginx/nginx.conf`.
    func bytes(_ path: String) throws(TemplateFault) -> [UInt8] {
        let bytes = folder.map { FileSystem.read("\($0)/\(path)") } ?? Templates.file(path)
        guard let bytes else { throw TemplateFault(code: .missingFile, template: path, subject: path) }
        return bytes
    }

    /// The template rendered with these values.
    func render(_ path: String, _ values: TemplateScope) throws(TemplateFault) -> [UInt8] {
        guard let source = String(validating: try bytes(path), as: UTF8.self) else {
            throw TemplateFault(code: .notText, template: path, subject: path)
        }
        return Array(try TextTemplate(name: path, source: source).render(values).utf8)
    }
}
