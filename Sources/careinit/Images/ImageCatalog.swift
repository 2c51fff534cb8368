import Secrets

/// The names of all images, by what is in them: whoever has the name has the contents, but for the day's updates of Debian.
struct ImageCatalog: Sendable {
    static let partFile = "images/debian.Dockerfile"
    static let carenotesFile = "images/carenotes.Dockerfile"

    let carenotes: CarenotesProgram
    let partDockerfile: [UInt8]
    let carenotesDockerfile: [UInt8]

    init(carenotes: CarenotesProgram, templates: TemplateLibrary) throws(TemplateFault) {
        self.carenotes = carenotes
        partDockerfile = try templates.bytes(Self.partFile)
        carenotesDockerfile = try templates.bytes(Self.carenotesFile)
    }

    /// What carenotes' own image stands on: the libraries of the release that it was built on.
    var carenotesBase: StackImage {
        StackImage(name: "carenotes-base", packages: carenotes.packages, user: .carenotes)
    }

    func reference(_ part: StackImage) -> String {
        let words = ([part.name] + part.packages + ["\(part.user.containerIdentifier)"]).joined(separator: " ")
        return "\(StackImage.repository)\(part.name):\(Self.mark(partDockerfile + Array(words.utf8)))"
    }

    var carenotesReference: String {
        var bytes = carenotesDockerfile + Array(reference(carenotesBase).utf8)
        for file in carenotes.files { bytes += Array(file.name.utf8) + Digest.sha256Hex(file.contents).utf8 }
        return "\(StackImage.repository)carenotes:\(Self.mark(bytes))"
    }

    /// The image of each of those services.
    func references(_ services: [String]) -> [String: String] {
        var names = Dictionary(uniqueKeysWithValues: StackImage.parts.map { ($0.name, reference($0)) })
        names["carenotes"] = carenotesReference
        var result: [String: String] = [:]
        for service in services {
            result[service] = StackImage.name(of: service).flatMap { names[$0] } ?? StackImage.grafana.reference
        }
        return result
    }

    private static func mark(_ bytes: [UInt8]) -> String { String(Digest.sha256Hex(bytes).prefix(12)) }
}
