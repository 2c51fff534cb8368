/// What a mail server says in its answer to EHLO (RFC 5321 §4.1.1.1).
package struct SMTPCapabilities: Equatable, Sendable {
    /// RFC 3207.
    package var offersSTARTTLS = false
    /// The mechanisms of AUTH (RFC 4954), in capital letters.
    package var mechanisms: [String] = []

    package init(_ reply: SMTPReply) {
        // The first line is the server's own name.
        for line in reply.lines.dropFirst() {
            // `AUTH=` is how servers of the last century wrote it, and some still do beside the right one.
            let words = line.uppercased().replacing("AUTH=", with: "AUTH ").split(separator: " ").map(String.init)
            switch words.first {
            case "STARTTLS": offersSTARTTLS = true
            case "AUTH":
                for word in words.dropFirst() where !mechanisms.contains(word) { mechanisms.append(word) }
            default: break
            }
        }
    }
}
