import Certs

/// `careinit certs verify`: judges a chain as a browser would, from files and a time alone.
enum CertsVerifyCommand {
    static let command = Command(
        name: "certs verify",
        summary: "Judge a certificate chain as a browser would, and say everything that is against it.",
        options: [
            .init(name: "--ca", value: "FILE", help: "The trusted authorities, in PEM."),
            .init(
                name: "--chain", value: "FILE", help: "The server's certificate, then its intermediates, in PEM."),
            .init(
                name: "--host", value: "NAME", help: "The DNS name or address that the certificate must be for."),
            .init(
                name: "--at", value: "TIME", help: "When to judge, such as 2026-11-24T12:00:00Z (default: now)."),
            .init(
                name: "--format", value: "FORMAT", help: "text for people (default), or json for programs.",
                values: ["text", "json"]),
            .json,
        ],
        examples: [
            .init(
                line: "careinit certs verify --ca root.pem --chain fullchain.pem --host care.example",
                meaning: "Every reason against it; exit code 0 where there is none, else 1.")
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let isJSON = try CertificateOptions.isJSON(invocation)
        let chain = try CertificateOptions.file("--chain", of: invocation)
        let verification = ChainVerification(
            authorities: try CertificateOptions.file("--ca", of: invocation), chain: chain,
            host: invocation.value("--host"), time: try CertificateOptions.time(invocation))
        let report = VerificationReport(verification.verdict(), chain: invocation.value("--chain") ?? "")
        if isJSON {
            invocation.console.print(try report.json())
        } else if !invocation.console.isQuiet {
            for line in report.text { invocation.console.print(line) }
        }
        return report.verdict.isAccepted ? .success : .failure
    }
}
