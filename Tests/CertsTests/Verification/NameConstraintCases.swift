import Certs

private typealias Value = TestExtension

extension ChainCase {
    static let nameConstraints = [
        limited("permitted host", permitted: [Value.dns("care.example")]),
        limited("permitted host itself", permitted: [Value.dns("notes.care.example")]),
        limited("not permitted host", [.constraintViolated], permitted: [Value.dns("other.example")]),
        limited("a label more is another domain", [.constraintViolated], permitted: [Value.dns("re.example")]),
        limited("excluded host", [.constraintViolated], excluded: [Value.dns("care.example")]),
        limited("excluded other host", excluded: [Value.dns("other.example")]),
        limited(
            "excluded counts before permitted", [.constraintViolated], permitted: [Value.dns("care.example")],
            excluded: [Value.dns("notes.care.example")]),
        limited("every host excluded", [.constraintViolated], excluded: [Value.dns("")]),
        limited("constraints on another kind", permitted: [Value.address(192, 0, 2, 0, 255, 255, 255, 0)]),
        limited(
            "a constraint with a leading dot", [.constraintsMalformed, .constraintViolated],
            permitted: [Value.dns(".care.example")]),
        limited(
            "a constraint with a wildcard", [.constraintsMalformed, .constraintViolated],
            permitted: [Value.dns("*.care.example")]),
        limited("an address without mask", [.constraintsMalformed], permitted: [Value.address(192, 0, 2, 1)]),
        limited(
            "a mask with a hole", [.constraintsMalformed], permitted: [Value.address(192, 0, 2, 0, 255, 0, 255, 0)]
        ),
        limited(
            "a mailbox with two at signs", [.constraintsMalformed], excluded: [Value.email("a@b@care.example")]),
        limited("constraints on names that are not there", excluded: [Value.otherName()]),
        limited(
            "constraints on names that are there and unknown", [.constraintViolated], excluded: [Value.otherName()]
        ) {
            $0.addName(Value.otherName())
        },
        limited("permitted address", permitted: [Value.address(192, 0, 2, 0, 255, 255, 255, 0)]) {
            $0.addName(Value.address(192, 0, 2, 7))
        },
        limited(
            "not permitted address", [.constraintViolated],
            permitted: [Value.address(192, 0, 2, 0, 255, 255, 255, 0)]
        ) { $0.addName(Value.address(192, 0, 3, 7)) },
        limited(
            "excluded address", [.constraintViolated], excluded: [Value.address(192, 0, 2, 0, 255, 255, 255, 0)]
        ) { $0.addName(Value.address(192, 0, 2, 7)) },
        limited("permitted mailbox", permitted: [Value.email("care.example")]) {
            $0.addName(Value.email("help@care.example"))
        },
        limited("not permitted mailbox", [.constraintViolated], permitted: [Value.email("care.example")]) {
            $0.addName(Value.email("help@notes.care.example"))
        },
        limited(
            "excluded mailbox, of hosts below", [.constraintViolated], excluded: [Value.email(".care.example")]
        ) { $0.addName(Value.email("help@notes.care.example")) },
        limited("permitted directory name", permitted: [Value.directory(DERWriter.name(TestChain.host))]),
        limited(
            "not permitted directory name", [.constraintViolated],
            permitted: [Value.directory(DERWriter.name("other.example"))]),
        limited(
            "excluded directory name in other letters", [.constraintViolated],
            excluded: [Value.directory(DERWriter.name("NOTES.care.example"))]),
        limited(
            "a wildcard over an excluded host", [.constraintViolated], excluded: [Value.dns("bar.care.example")]
        ) {
            $0.leaf.subject = DERWriter.name("*.care.example")
            $0.leaf.set(Value.subjectNames, Value.names(Value.dns("*.care.example")))
        },
        limited(
            "a wildcard wider than what is permitted", [.constraintViolated],
            permitted: [Value.dns("notes.care.example")]
        ) {
            $0.leaf.subject = DERWriter.name("*.care.example")
            $0.leaf.set(Value.subjectNames, Value.names(Value.dns("*.care.example")))
        },
        ChainCase("constraints of nothing", [.constraintsEmpty]) {
            $0.intermediate.set(Value.nameConstraints, critical: true, DERWriter.sequence())
        },
        ChainCase("constraints not critical, which the web allows") {
            $0.intermediate.set(
                Value.nameConstraints, Value.limits(permitted: [Value.dns("care.example")]))
        },
        ChainCase("constraints on the leaf", [.constraintsInLeaf]) {
            $0.leaf.set(
                Value.nameConstraints, critical: true, Value.limits(permitted: [Value.dns("care.example")]))
        },
        ChainCase("the root forbids the intermediate's name", [.constraintViolated]) {
            $0.root.set(Value.nameConstraints, critical: true, Value.limits(excluded: [Value.dns("evil.example")]))
            $0.intermediate.set(Value.subjectNames, Value.names(Value.dns("evil.example")))
        },
        ChainCase("the intermediate may not widen what the root permits", [.constraintViolated]) {
            $0.root.set(
                Value.nameConstraints, critical: true, Value.limits(permitted: [Value.dns("other.example")]))
            $0.intermediate.set(
                Value.nameConstraints, critical: true, Value.limits(permitted: [Value.dns("care.example")]))
        },
    ]

    private static func limited(
        _ name: String, _ errors: Set<CertificateProblem.Code> = [], permitted: [[UInt8]] = [],
        excluded: [[UInt8]] = [], _ change: @escaping @Sendable (inout TestChain) -> Void = { _ in }
    ) -> ChainCase {
        ChainCase(name, errors) {
            change(&$0)
            $0.intermediate.set(
                Value.nameConstraints, critical: true, Value.limits(permitted: permitted, excluded: excluded))
        }
    }
}
