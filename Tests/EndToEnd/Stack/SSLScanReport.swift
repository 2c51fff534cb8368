import Foundation
import FoundationXML

/// What sslscan wrote with `--xml`. It weighs nothing there, so that what it shows in red or yellow is a finding here.
final class SSLScanReport: NSObject, XMLParserDelegate {
    private(set) var findings: [TLSFinding] = []
    private(set) var version = ""
    /// How often each element came.
    private(set) var counts: [String: Int] = [:]
    private var text = ""
    private var isWhole = false

    /// - Throws: where the file is not whole.
    init(_ xml: String) throws {
        super.init()
        let parser = XMLParser(data: Data(xml.utf8))
        parser.delegate = self
        // The parser is content with a text that breaks off.
        guard parser.parse(), isWhole else { throw HarnessError("sslscan's XML is not whole") }
    }

    /// What every whole run has.
    var missingParts: [String] {
        ["protocol", "renegotiation", "heartbleed", "cipher", "group", "certificate"].filter { counts[$0] == nil }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        text = ""
        counts[name, default: 0] += 1
        func value(_ attribute: String) -> String { attributes[attribute] ?? "" }
        switch name {
        case "document": version = value("version")
        case "protocol":
            let current = value("type") == "tls" && ["1.2", "1.3"].contains(value("version"))
            report(
                if: value("enabled") != (current ? "1" : "0"), "protocol",
                "\(value("type")) \(value("version")): \(value("enabled"))")
        case "fallback", "compression":
            report(if: value("supported") != (name == "fallback" ? "1" : "0"), name, value("supported"))
        case "renegotiation":
            report(if: value("supported") != "0" && value("secure") != "1", name, "insecure")
        case "heartbleed": report(if: value("vulnerable") != "0", name, value("sslversion"))
        case "cipher":
            // "acceptable" is what sslscan before 2.1 calls every suite of TLS 1.3.
            report(
                if: !["strong", "acceptable"].contains(value("strength")), name,
                "\(value("cipher")): \(value("strength"))")
        case "group": report(if: (Int(value("bits")) ?? 0) < 112, name, "\(value("name")): \(value("bits")) bits")
        case "pk":
            // sslscan gives an elliptic curve's strength, and an RSA key's length.
            let least = value("type") == "EC" ? 112 : 2048
            report(if: value("error") != "false" || (Int(value("bits")) ?? 0) < least, name, "\(attributes)")
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        switch name {
        case "document": isWhole = true
        case "signature-algorithm": report(if: !text.lowercased().contains("sha256"), name, text)
        case "self-signed", "expired", "not-yet-valid": report(if: text != "false", name, text)
        default: break
        }
    }

    private func report(if isBad: Bool, _ identifier: String, _ text: String) {
        guard isBad else { return }
        findings.append(
            TLSFinding(scanner: .sslscan, identifier: identifier, severity: "-", text: text))
    }
}
