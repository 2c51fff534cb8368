import Testing

@testable import careinit

@Suite struct VariableReferenceTests {
    @Test func `the page in docs is what the template says`() throws {
        let schema = try TemplateSource.environment().schema
        try Checkout.expect("docs/VARIABLES.md", holds: VariableReference.markdown(schema))
    }

    @Test func `no secret's default and no empty fact is told`() throws {
        let schema = try TemplateSource.environment().schema
        for variable in schema.variables {
            let facts = VariableFacts(variable, in: schema)
            #expect(!facts.isSecret || facts.defaultValue == nil, "\(variable.name)")
            #expect(!facts.help.isEmpty && !facts.readBy.isEmpty, "\(variable.name)")
            #expect(facts.rows.allSatisfy { !$0.text.isEmpty }, "\(variable.name)")
        }
    }
}
