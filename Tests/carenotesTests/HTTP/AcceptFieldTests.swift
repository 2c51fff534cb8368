import Testing

@testable import carenotes

struct AcceptFieldTests {
    @Test(arguments: [
        ([], true), (["*/*"], true), (["application/json"], true), (["application/problem+json"], true),
        (["text/html, application/json;q=0.1"], true), (["Application/*"], true), ([""], true),
        (["nonsense"], true),
        (["text/html"], false), (["text/html", "image/*"], false), (["application/json;q=0"], false),
        (["application/json; q=0.000"], false), (["*/*;q=0.5, application/json;q=0"], false),
        (["text/html, */*;q=0"], false), (["text/html", "*/*"], true), (["application/xml;q=0.9"], false),
    ])
    func `JSON is taken where a range takes it, the most specific one`(fields: [String], isTaken: Bool) {
        #expect(AcceptField.takesJSON(fields) == isTaken)
    }

    @Test func `no bytes stop it`() {
        let words = ["*/*", "application/json", ";", ",", "q=", "q=0", " ", "/", "é", "\"", "0.5", "text/html"]
        for _ in 0..<3000 {
            _ = AcceptField.takesJSON([
                (0..<Int.random(in: 0...9)).map { _ in words.randomElement() ?? "" }.joined()
            ])
        }
    }
}
