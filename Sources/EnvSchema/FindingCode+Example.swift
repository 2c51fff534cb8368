extension FindingCode {
    /// A finding of this code as it might be, for documents that explain the code.
    package var example: Finding {
        Finding(
            self, variable: "NAME",
            context: .init(
                expected: exampleExpectation, others: ["OTHER"],
                reason: exampleReason,
                number: self == .secretTooShort ? SecretStrength.minimumLength : 12,
                readings: [
                    .init(readers: ["compose", "node"], text: "“one”"),
                    .init(readers: ["systemd"], text: "“one # two”"),
                ]))
    }

    private var exampleReason: String? {
        switch self {
        case .unsafeInContext: Splice.nginx.refused
        case .certificateDue: "9 days and 10 % of its life are left, until 2027-03-15T12:00:00Z"
        case .certificateExpired: "it ended at 2027-03-15T12:00:00Z"
        case .certificateUnreadable: "the file does not begin with a certificate in PEM"
        default: nil
        }
    }

    private var exampleExpectation: String {
        switch self {
        case .readableByOthers: "0644"
        case .contradiction: "OTHER=1 wants NAME=2"
        case .refusedByReader: "systemd"
        case .runByReader: "bash"
        case .proofFailed: "the mail server mail.example:587"
        case .tooMany: "unknown-name"
        case .unsafeInContext: Splice.nginx.title
        case .notSupported: "exec() at 12:7 of the template"
        default: "a value of its type"
        }
    }
}
