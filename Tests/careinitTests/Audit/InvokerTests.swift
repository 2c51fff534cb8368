import Testing

@testable import careinit

@Suite struct InvokerTests {
    @Test(arguments: [
        (["careinit", "certs", "install", "--from", "x"], "certs install"),
        (["careinit", "provision"], "provision"),
        (["careinit", "--quiet", "env", "restore", "secret"], "env restore"),
        (["careinit", "up", "status"], "up"),
        (["careinit", "hunter2"], "careinit"), (["careinit"], "careinit"),
    ])
    func `only the words of a command are kept`(arguments: [String], command: String) {
        #expect(Invoker.command(arguments, among: CommandTable.all.map(\.name)) == command)
    }

    @Test func `somebody is always named`() {
        let invoker = Invoker.current(arguments: ["careinit", "up"])
        #expect(!invoker.user.isEmpty && !invoker.effectiveUser.isEmpty && invoker.command == "up")
    }
}
