import Foundation
import Testing

@testable import carenotes

/// docs/API.md against the code.
struct APIDocumentTests {
    private let text: String

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        text = try String(contentsOf: root.appending(path: "docs/API.md"), encoding: .utf8)
    }

    @Test func `every operation has its row`() {
        for operation in Operation.allCases {
            let contract = operation.contract
            #expect(text.contains("| `\(contract.method.name) \(contract.route.path)` |"), "\(operation)")
            for parameter in contract.parameters { #expect(text.contains("`\(parameter.name)`")) }
        }
    }

    @Test func `every code of a problem is explained`() {
        for code in Problem.Code.allCases { #expect(text.contains("`\(code.rawValue)`"), "\(code)") }
    }
}
