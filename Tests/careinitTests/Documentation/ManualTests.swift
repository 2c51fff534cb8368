import Foundation
import Testing

@testable import careinit

@Suite struct ManualTests {
    private static let manual: Manual? = (try? TemplateSource.environment().schema).map { Manual(schema: $0) }
    static let fileNames = manual?.pages.map(\.fileName) ?? []

    private func page(_ fileName: String) throws -> ManualPage {
        try #require(Self.manual?.pages.first { $0.fileName == fileName })
    }

    @Test(arguments: fileNames)
    func `the page in docs is what the program says`(_ fileName: String) throws {
        try Checkout.expect("docs/man/\(fileName)", holds: page(fileName).text)
    }

    @Test func `docs has no page of what is gone`() throws {
        let folder = Checkout.folder.appendingPathComponent("docs/man").path
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder)) == Set(Self.fileNames))
    }

    @Test func `there is a page of each command, and each names every option`() throws {
        for command in CommandTable.all where !command.isInternal {
            let text = try page("\(Manual.pageTitle(of: command)).1").text
            for option in command.options + GlobalOptions.all {
                #expect(text.contains(Roff.label(of: option)), "\(command.name) \(option.name)")
            }
        }
        let schema = try TemplateSource.environment().schema
        let text = try page("careinit.env.5").text
        for variable in schema.variables { #expect(text.contains("\n.TP\n\(Roff.bold(variable.name))\n")) }
    }

    @Test(
        .enabled(if: Subprocess.find("mandoc") != nil, "mandoc is not installed: apt-get install mandoc"),
        arguments: fileNames)
    func `mandoc finds nothing wrong`(_ fileName: String) throws {
        let program = Subprocess(
            arguments: ["mandoc", "-T", "lint", "-W", "warning"], input: Array(try page(fileName).text.utf8))
        let output = try program.run()
        #expect(output.succeeded && output.text.isEmpty, "\(output.text)")
    }

    @Test(
        .enabled(if: Subprocess.find("groff") != nil, "groff is not installed: apt-get install groff-base"),
        arguments: fileNames)
    func `groff finds nothing wrong, and shows the examples as they are typed`(_ fileName: String) throws {
        let page = try page(fileName)
        let program = Subprocess(
            arguments: ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=200n"], input: Array(page.text.utf8))
        let output = try program.run()
        #expect(output.succeeded)
        #expect(output.errorText.isEmpty, "\(output.errorText)")
        let examples = CommandTable.all.first { Manual.pageTitle(of: $0) == page.name }?.examples ?? []
        for example in examples { #expect(output.text.contains(example.line), "\(example.line)") }
    }

    @Test func `an unknown page is a usage error with a suggestion`() throws {
        let manual = try #require(Self.manual)
        #expect(
            throws: CommandFailure(
                .usage, "there is no page “chekc”", place: "careinit man", fix: "did you mean careinit man check?")
        ) { try ManCommand.page("chekc", of: manual) }
        #expect(try ManCommand.page("check", of: manual).name == "careinit-check")
        #expect(try ManCommand.page("careinit.env", of: manual).section == 5)
    }

    @Test func `every environment variable that careinit looks at is in the manual`() throws {
        let sources = Checkout.folder.appendingPathComponent("Sources/careinit").path
        let names = try FileManager.default.subpathsOfDirectory(atPath: sources).filter { $0.hasSuffix(".swift") }
        var found: Set<String> = []
        for name in names {
            let text = try Checkout.text("Sources/careinit/\(name)")
            for match in text.matches(of: /(?:variable|isSet|getenv)\("([A-Z_]+)"\)/) {
                found.insert(String(match.1))
            }
        }
        #expect(found == Set(Footprint.variables.map(\.name)))
    }
}
