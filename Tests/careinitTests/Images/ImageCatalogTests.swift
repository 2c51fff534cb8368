import Testing

@testable import careinit

@Suite struct ImageCatalogTests {
    private static func catalog(program: String = "program", packages: [String] = ["libpq5"]) throws
        -> ImageCatalog
    {
        try ImageCatalog(
            carenotes: CarenotesProgram(
                release: "bookworm", packages: packages,
                files: [.init(name: "carenotes", contents: Array(program.utf8))]),
            templates: TemplateLibrary())
    }

    @Test func `every service has an image, and those of one kind share theirs`() throws {
        let references = try Self.catalog().references(ContainerNetwork.services)
        #expect(Set(references.keys) == Set(ContainerNetwork.services))
        #expect(references["pg-1"] == references["pg-3"] && references["app-1"] == references["app-2"])
        #expect(references["pg-1"] != references["pg-exporter-1"])
        #expect(references["grafana"]?.contains("@sha256:") == true)
        for (service, reference) in references where service != "grafana" {
            #expect(reference.wholeMatch(of: /careinit\/[a-z-]+:[0-9a-f]{12}/) != nil, "\(reference)")
        }
    }

    @Test func `an image is named by what is in it`() throws {
        let one = try Self.catalog()
        #expect(try Self.catalog().carenotesReference == one.carenotesReference)
        #expect(try Self.catalog(program: "other").carenotesReference != one.carenotesReference)
        #expect(try Self.catalog(packages: ["libpq5", "libssl3"]).carenotesReference != one.carenotesReference)
        #expect(Set(StackImage.parts.map(one.reference)).count == StackImage.parts.count)
    }

    @Test func `the image runs as the user who owns the service's files`() {
        let images = Dictionary(uniqueKeysWithValues: StackImage.parts.map { ($0.name, $0) })
        for service in ContainerNetwork.services {
            guard let image = StackImage.name(of: service).flatMap({ images[$0] }) else { continue }
            #expect(image.user.containerIdentifier == ContainerPlan.user(of: service), "\(service)")
        }
    }
}
