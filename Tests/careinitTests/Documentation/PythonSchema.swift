import Testing

@testable import careinit

/// The `jsonschema` of Debian's Python, as a judge of ours.
enum PythonSchema {
    static let isInstalled =
        (try? Subprocess(arguments: ["python3", "-c", "import jsonschema"]).run())?.succeeded ?? false
    static let reason: Comment = "jsonschema is not installed: apt-get install python3-jsonschema"

    private static let script = """
        import json, jsonschema, sys
        schema = json.load(open(sys.argv[1]))
        judge = jsonschema.validators.validator_for(schema)
        judge.check_schema(schema)
        judge = judge(schema, format_checker=jsonschema.FormatChecker())
        for document in json.load(sys.stdin):
            print(next((e.message[:300] for e in judge.iter_errors(document)), "valid"))
        """

    /// For each document of a JSON array `valid`, or the first thing that is wrong with it. The schema must itself be valid.
    static func judge(_ documents: String, schema: String) throws -> [String] {
        let program = Subprocess(arguments: ["python3", "-c", script, schema], input: Array(documents.utf8))
        let output = try program.run()
        #expect(output.succeeded, "\(output.errorText)")
        return output.text.split(separator: "\n").map(String.init)
    }
}
