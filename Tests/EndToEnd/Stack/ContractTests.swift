import Foundation
import Testing

/// The API held against its own document by schemathesis, with few examples; scripts/prove contract does it with more.
@Suite(.enabled(if: ScratchStack.isPossible && StackRuntime.isNative)) struct ContractTests {
    @Test func `a replica answers nothing that its document does not have, and no 5xx`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var environment = Programs.environment
        environment["CARE_PROGRAMS"] = Programs.folder
        environment["CARE_SCHEMATHESIS"] = ProcessInfo.processInfo.environment["CARE_SCHEMATHESIS"]
        let outcome = try run(
            [root.appending(path: "scripts/prove-contract").path, "3"], in: root.path, environment: environment,
            within: .seconds(600))
        #expect(outcome.code == 0, "\(outcome)")
        #expect(outcome.output.contains("Errors of carenotes' own: 0."))
    }
}
