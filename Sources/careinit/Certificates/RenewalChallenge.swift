/// certbot remembers how a certificate was got, and renews it in the same way. One that was got before the stack ran cannot
/// be renewed so: nginx has the port by then.
enum RenewalChallenge {
    /// certbot's file `renewal/NAME.conf` with the running nginx in place of a server of certbot's own.
    ///
    /// - Returns: nil where the file says something else already, or is none.
    static func throughWebroot(_ text: String, folder: String, host: String) -> String? {
        var lines: [String] = []
        var isReplaced = false
        var rest = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        if rest.last == "" { rest.removeLast() }
        while let line = rest.popFirst() {
            switch line.filter({ $0 != " " }) {
            case "authenticator=standalone":
                isReplaced = true
                lines += ["authenticator = webroot", "webroot_path = \"\(folder)\","]
            case let setting where setting.hasPrefix("http01_port=") || setting.hasPrefix("http01_address="):
                continue
            case let title where isReplaced && isSection(title):
                // What belongs to certbot's settings ends here.
                rest = [line] + rest
                return joined(lines + map(folder, host) + rest)
            default: lines.append(line)
            }
        }
        return isReplaced ? joined(lines + map(folder, host)) : nil
    }

    private static func isSection(_ line: String) -> Bool { line.hasPrefix("[") && !line.hasPrefix("[[") }

    private static func map(_ folder: String, _ host: String) -> [String] {
        ["[[webroot_map]]", "\(host) = \"\(folder)\""]
    }

    private static func joined(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}
