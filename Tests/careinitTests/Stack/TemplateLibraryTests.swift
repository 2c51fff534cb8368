import Foundation
import Templates
import Testing

@testable import careinit

@Suite("The embedded templates")
struct TemplateLibraryTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("templates").path

    @Test("are the files of templates/, byte for byte")
    func completeness() throws {
        let files = try FileManager.default.subpathsOfDirectory(atPath: Self.folder).filter {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(Self.folder)/\($0)", isDirectory: &isFolder)
            return !isFolder.boolValue && !$0.hasSuffix(".swift")
        }
        #expect(Templates.paths == files.sorted())
        for path in files { #expect(Templates.file(path) == FileSystem.read("\(Self.folder)/\(path)"), "\(path)") }
    }

    @Test("give way to a folder that is named")
    func override() throws {
        try withTemporaryFolder { folder in
            let library = TemplateLibrary(folder: folder)
            #expect(throws: TemplateFault(code: .missingFile, template: "a/b", subject: "a/b")) {
                try library.bytes("a/b")
            }
            try FileManager.default.createDirectory(atPath: "\(folder)/a", withIntermediateDirectories: true)
            try Data("{{x}}!".utf8).write(to: URL(fileURLWithPath: "\(folder)/a/b"))
            #expect(try library.render("a/b", ["x": "1"]) == Array("1!".utf8))
        }
    }
}

/// Runs the body in a fresh folder that is gone afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/careinit-XXXXXX".utf8CString)
    guard let pointer = mkdtemp(&template) else { throw CocoaError(.fileWriteUnknown) }
    let path = String(cString: pointer)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
}
