import Certs

private typealias Value = TestExtension

extension ChainCase {
    static let names = [
        ChainCase("no subjectAltName, the host in the common name", [.noNames, .nameMismatch]) {
            $0.leaf[Value.subjectNames] = nil
        },
        ChainCase("an empty list of names", [.noNames, .nameMismatch]) { $0.setNames() },
        ChainCase("another host", [.nameMismatch]) { $0.host = "other.care.example" },
        ChainCase("a host below", [.nameMismatch]) { $0.host = "a.notes.care.example" },
        ChainCase("a host with a leading dot", [.nameMismatch]) { $0.host = ".care.example" },
        ChainCase("the host in capitals") { $0.host = "NOTES.care.example" },
        ChainCase("a common name that is not listed", [.commonNameNotListed]) {
            $0.leaf.subject = DERWriter.name("www.care.example")
        },
        ChainCase("a common name in other letters", [.commonNameNotListed]) {
            $0.leaf.subject = DERWriter.name("Notes.care.example")
        },
        ChainCase("the hosts' domain as common name, which is only warned about") {
            $0.leaf.subject = DERWriter.name("care.example")
        },
        ChainCase("a title as common name, which is only warned about") {
            $0.leaf.subject = DERWriter.name("Sunny Hill Care Ltd.")
        },
        ChainCase("a host as common name of an address, which is only warned about") {
            $0.leaf.subject = DERWriter.name("care.example")
            $0.setNames(Value.address(192, 168, 1, 1))
            $0.host = "192.168.1.1"
        },
        ChainCase("an address in hexadecimal as common name", [.commonNameNotListed]) {
            $0.leaf.subject = DERWriter.name("0xC0A80101")
            $0.setNames(Value.address(192, 168, 1, 1))
            $0.host = "192.168.1.1"
        },
        ChainCase("a U-label as common name of its A-label", [.commonNameNotListed]) {
            $0.setOnly(name: "xn--mnchen-3ya.care.example")
            $0.leaf.subject = DERWriter.name("münchen.care.example")
            $0.host = "xn--mnchen-3ya.care.example"
        },
        ChainCase("an address as common name, in another form", [.commonNameNotListed]) {
            $0.leaf.subject = DERWriter.name("192.168.001.001")
            $0.setNames(Value.address(192, 168, 1, 1))
            $0.host = "192.168.1.1"
        },
        ChainCase("an address as common name, as it is usually written") {
            $0.leaf.subject = DERWriter.name("192.168.1.1")
            $0.setNames(Value.address(192, 168, 1, 1))
            $0.host = "192.168.1.1"
        },
        ChainCase("an IPv6 address") {
            $0.leaf.subject = DERWriter.sequence()
            $0.setNames(critical: true, Value.address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))
            $0.host = "0::1"
        },
        ChainCase("no subject, the names critical") {
            $0.leaf.subject = DERWriter.sequence()
            $0.setNames(critical: true, Value.dns(TestChain.host))
        },
        ChainCase("no subject, the names not critical", [.namesNotCritical]) {
            $0.leaf.subject = DERWriter.sequence()
        },
        ChainCase("a subject, the names critical", [.namesCritical]) {
            $0.setNames(critical: true, Value.dns(TestChain.host))
        },
        ChainCase("a wildcard") { $0.setOnly(name: "*.care.example") },
        ChainCase("a wildcard and a host two labels below", [.nameMismatch]) {
            $0.setOnly(name: "*.care.example")
            $0.host = "a.notes.care.example"
        },
        ChainCase("a wildcard inside a label", [.wildcardMisplaced, .nameMismatch]) {
            $0.setOnly(name: "no*.care.example")
        },
        ChainCase("a wildcard inside an A-label", [.wildcardMisplaced, .nameMismatch]) {
            $0.setOnly(name: "xn--*-1b3c148a.care.example")
            $0.host = "xn--bliss-1b3c148a.care.example"
        },
        ChainCase("a wildcard that is not the first label", [.wildcardMisplaced, .nameMismatch]) {
            $0.setOnly(name: "notes.*.example")
        },
        ChainCase("a wildcard over a top-level domain", [.wildcardTooBroad, .nameMismatch]) {
            $0.setOnly(name: "*.example")
            $0.host = "care.example"
        },
        ChainCase("a wildcard over everything", [.wildcardTooBroad, .nameMismatch]) { $0.setOnly(name: "*") },
        ChainCase("an A-label") {
            $0.setOnly(name: "xn--mnchen-3ya.care.example")
            $0.host = "xn--mnchen-3ya.care.example"
        },
        ChainCase("a U-label", [.nameMalformed, .nameMismatch]) {
            $0.setOnly(name: "münchen.care.example")
            $0.host = "xn--mnchen-3ya.care.example"
        },
        ChainCase("an underscore", [.nameMalformed]) { $0.addName(Value.dns("a_b.care.example")) },
        ChainCase("a leading dot", [.nameMalformed]) { $0.addName(Value.dns(".care.example")) },
        ChainCase("a trailing dot", [.nameMalformed]) { $0.addName(Value.dns("care.example.")) },
        ChainCase("a blank", [.nameMalformed]) { $0.addName(Value.dns(" ")) },
        ChainCase("an empty name", [.nameMalformed]) { $0.addName(Value.dns("")) },
        ChainCase("a NUL in a name", [.nameMalformed]) {
            $0.addName(Value.dns("notes.care.example\0.evil.example"))
        },
        ChainCase("an address as DNS name", [.nameIsAddress]) { $0.addName(Value.dns("192.0.2.1")) },
        ChainCase("an address of five octets", [.addressMalformed]) { $0.addName(Value.address(1, 2, 3, 4, 5)) },
        ChainCase("an address and its mask", [.addressMalformed]) {
            $0.addName(Value.address(192, 0, 2, 0, 255, 255, 255, 0))
        },
        ChainCase("a mailbox with two at signs", [.nameMalformed]) { $0.addName(Value.email("a@b@care.example")) },
        ChainCase("names that are no names", [.extensionMalformed, .nameMismatch]) {
            $0.leaf.set(Value.subjectNames, Array("notes.care.example".utf8))
        },
    ]

    static let extensions = [
        ChainCase("an unknown critical extension on the leaf", [.extensionUnknownCritical]) {
            $0.leaf.set("1.3.6.1.4.1.55555.2", critical: true, DERWriter.null)
        },
        ChainCase("an unknown critical extension on the intermediate", [.extensionUnknownCritical]) {
            $0.intermediate.set("1.3.6.1.4.1.55555.2", critical: true, DERWriter.null)
        },
        ChainCase("an unknown critical extension on the root", [.extensionUnknownCritical]) {
            $0.root.set("1.3.6.1.4.1.55555.2", critical: true, DERWriter.null)
        },
        ChainCase("an unknown extension that is not critical") {
            $0.leaf.set("1.3.6.1.4.1.55555.2", DERWriter.null)
        },
        ChainCase("a precertificate", [.extensionUnknownCritical]) {
            $0.leaf.set("1.3.6.1.4.1.11129.2.4.3", critical: true, DERWriter.null)
        },
        ChainCase("an extension twice", [.extensionDuplicate, .nameMismatch]) {
            $0.leaf.extensions += [$0.leaf[Value.subjectNames]].compactMap(\.self)
        },
        ChainCase("an unknown extension twice", [.extensionDuplicate]) {
            let unknown = TestCertificate.Extension(
                identifier: "1.3.6.1.4.1.55555.2", isCritical: false, value: DERWriter.null)
            $0.leaf.extensions += [unknown, unknown]
        },
        ChainCase("a damaged authorityInfoAccess", [.extensionMalformed]) {
            $0.leaf.set(Value.authorityAccess, Array("malformed".utf8))
        },
        ChainCase("a critical authorityInfoAccess", [.extensionMustNotBeCritical]) {
            $0.leaf.set(
                Value.authorityAccess, critical: true,
                DERWriter.sequence(
                    DERWriter.sequence(DERWriter.oid("1.3.6.1.5.5.7.48.2"), Value.uri("http://ca.example/"))))
        },
        ChainCase("a damaged keyUsage", [.extensionMalformed]) {
            $0.leaf.set(Value.keyUsage, critical: true, DERWriter.null)
        },
        ChainCase("no keyUsage") { $0.leaf[Value.keyUsage] = nil },
        ChainCase("an empty keyUsage", [.keyUsageEmpty]) {
            $0.leaf.set(Value.keyUsage, critical: true, Value.usage())
        },
        ChainCase("a keyUsage without signatures", [.keyUsageUnsuited]) {
            $0.leaf.set(Value.keyUsage, critical: true, Value.usage(2))
        },
        ChainCase("a keyUsage that is not critical, which is only warned about") {
            $0.leaf.set(Value.keyUsage, Value.usage(0))
        },
        ChainCase("no extKeyUsage", [.usageMissing]) { $0.leaf[Value.extendedKeyUsage] = nil },
        ChainCase("extKeyUsage for clients only", [.noServerUsage]) { $0.setUsages(Value.client) },
        ChainCase("extKeyUsage for both sides") { $0.setUsages(Value.server, Value.client) },
        ChainCase("any extKeyUsage only", [.noServerUsage, .usageAny]) { $0.setUsages(Value.any) },
        ChainCase("any extKeyUsage besides", [.usageAny]) { $0.setUsages(Value.server, Value.any) },
        ChainCase("extKeyUsage for code, too", [.usageForbidden]) {
            $0.setUsages(Value.server, "1.3.6.1.5.5.7.3.3")
        },
        ChainCase("a critical extKeyUsage", [.extensionMustNotBeCritical]) {
            $0.leaf.set(Value.extendedKeyUsage, critical: true, Value.usages(Value.server))
        },
        ChainCase("an empty extKeyUsage", [.noServerUsage]) {
            $0.leaf.set(Value.extendedKeyUsage, DERWriter.sequence())
        },
        ChainCase("no basicConstraints on the leaf") { $0.leaf[Value.basicConstraints] = nil },
        ChainCase("an authority as leaf", [.isAuthority]) {
            $0.leaf.set(Value.basicConstraints, critical: true, Value.constraints(authority: true))
            $0.leaf.set(Value.keyUsage, critical: true, Value.usage(0, 5))
        },
        ChainCase("a leaf that may sign", [.signsWithoutAuthority]) {
            $0.leaf.set(Value.keyUsage, critical: true, Value.usage(0, 5))
        },
        ChainCase("a path length on the leaf", [.pathLengthWithoutAuthority]) {
            $0.leaf.set(Value.basicConstraints, critical: true, Value.constraints(authority: false, pathLength: 0))
        },
        ChainCase("no authorityKeyIdentifier", [.authorityKeyMissing]) { $0.leaf[Value.authorityKey] = nil },
        ChainCase("no subjectKeyIdentifier on the leaf") { $0.leaf[Value.subjectKey] = nil },
        ChainCase("a critical authorityKeyIdentifier", [.extensionMustNotBeCritical]) {
            $0.leaf[Value.authorityKey]?.isCritical = true
        },
        ChainCase("an authorityKeyIdentifier of another key", [.authorityKeyMismatch]) {
            $0.leaf.set(Value.authorityKey, Value.authorityKeyValue($0.keys.root.identifier))
        },
        ChainCase("policies without any", [.extensionMalformed]) {
            $0.leaf.set(Value.policies, DERWriter.sequence())
        },
    ]

    static let authorities = [
        ChainCase("no authorityKeyIdentifier on the intermediate", [.authorityKeyMissing]) {
            $0.intermediate[Value.authorityKey] = nil
        },
        ChainCase("no authorityKeyIdentifier on the root") { $0.root[Value.authorityKey] = nil },
        ChainCase("a root's authorityKeyIdentifier without key", [.authorityKeyIncomplete]) {
            $0.root.set(Value.authorityKey, DERWriter.sequence())
        },
        ChainCase("a root's authorityKeyIdentifier with issuer", [.authorityKeyTooMuch]) {
            let name = DERWriter.element(0xA1, Value.directory(DERWriter.name("x")))
            $0.root.set(
                Value.authorityKey, DERWriter.sequence(DERWriter.element(0x80, $0.keys.root.identifier), name))
        },
        ChainCase("a root's authorityKeyIdentifier of another key", [.authorityKeyMismatch]) {
            $0.root.set(Value.authorityKey, Value.authorityKeyValue($0.keys.leaf.identifier))
        },
        ChainCase("a critical subjectKeyIdentifier", [.extensionMustNotBeCritical]) {
            $0.root[Value.subjectKey]?.isCritical = true
        },
        ChainCase("no subjectKeyIdentifier on the root", [.subjectKeyMissing]) { $0.root[Value.subjectKey] = nil },
        ChainCase("no subjectKeyIdentifier on the intermediate", [.subjectKeyMissing]) {
            $0.intermediate[Value.subjectKey] = nil
        },
        ChainCase("no basicConstraints on the intermediate", [.basicConstraintsMissing, .signsWithoutAuthority]) {
            $0.intermediate[Value.basicConstraints] = nil
        },
        ChainCase("no basicConstraints on the root", [.basicConstraintsMissing, .signsWithoutAuthority]) {
            $0.root[Value.basicConstraints] = nil
        },
        ChainCase("basicConstraints not critical on the root", [.extensionMustBeCritical]) {
            $0.root[Value.basicConstraints]?.isCritical = false
        },
        ChainCase("an intermediate that is none", [.notAuthority, .signsWithoutAuthority]) {
            $0.intermediate.set(Value.basicConstraints, critical: true, Value.constraints(authority: false))
        },
        ChainCase("an intermediate without keyUsage", [.keyUsageMissing]) {
            $0.intermediate[Value.keyUsage] = nil
        },
        ChainCase("an intermediate that may not sign", [.authorityCannotSign]) {
            $0.intermediate.set(Value.keyUsage, critical: true, Value.usage(0))
        },
        ChainCase("a root that may not sign", [.authorityCannotSign]) {
            $0.root.set(Value.keyUsage, critical: true, Value.usage(6))
        },
        ChainCase("a root without a name", [.subjectEmpty, .issuerEmpty]) {
            $0.root.subject = DERWriter.sequence()
            $0.root.issuer = DERWriter.sequence()
            $0.intermediate.issuer = DERWriter.sequence()
        },
        ChainCase("a root with extKeyUsage", [.usageInRoot]) {
            $0.root.set(Value.extendedKeyUsage, Value.usages(Value.server))
        },
        ChainCase("an intermediate for servers") {
            $0.intermediate.set(Value.extendedKeyUsage, Value.usages(Value.client, Value.server))
        },
        ChainCase("an intermediate for mail only", [.usageNotNested]) {
            $0.intermediate.set(Value.extendedKeyUsage, Value.usages("1.3.6.1.5.5.7.3.4"))
        },
        ChainCase("path length 0 at the intermediate") {
            $0.intermediate.set(
                Value.basicConstraints, critical: true, Value.constraints(authority: true, pathLength: 0))
        },
        ChainCase("path length 0 at the root", [.pathLengthExceeded]) {
            $0.root.set(Value.basicConstraints, critical: true, Value.constraints(authority: true, pathLength: 0))
        },
        ChainCase("policyConstraints not critical", [.extensionMustBeCritical]) {
            $0.intermediate.set(
                Value.policyConstraints, DERWriter.sequence(DERWriter.element(0x80, [9])))
        },
        ChainCase("a policy is demanded, and none is there", [.policyRefused]) {
            $0.intermediate.set(
                Value.policyConstraints, critical: true, DERWriter.sequence(DERWriter.element(0x80, [0])))
        },
    ]
}

extension TestChain {
    fileprivate mutating func setNames(critical: Bool = false, _ names: [UInt8]...) {
        leaf.set(Value.subjectNames, critical: critical, DERWriter.element(0x30, names.flatMap(\.self)))
    }

    /// One DNS name, and the same as common name.
    fileprivate mutating func setOnly(name: String) {
        leaf.subject = DERWriter.name(name)
        setNames(Value.dns(name))
    }

    mutating func addName(_ name: [UInt8]) {
        setNames(Value.dns(TestChain.host), name)
    }

    fileprivate mutating func setUsages(_ oids: String...) {
        leaf.set(Value.extendedKeyUsage, DERWriter.element(0x30, oids.flatMap(DERWriter.oid)))
    }
}
