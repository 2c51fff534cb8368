import Certs
import Testing

@Suite struct InternationalNameTests {
    /// RFC 3492 §7.1 among them.
    @Test(arguments: [
        ("care.example", "care.example"), ("münchen.de", "xn--mnchen-3ya.de"), ("MÜNCHEN.DE", "xn--mnchen-3ya.de"),
        ("*.münchen.de", "*.xn--mnchen-3ya.de"), ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
        ("почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"),
        ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"), ("straße.example", "xn--strae-oqa.example"),
    ])
    func `names in other scripts get their A-labels`(name: String, ascii: String) {
        #expect(InternationalName.ascii(name) == ascii)
    }

    @Test(arguments: ["a\u{301}.example", "😜.example", "ü_.example", "ü\0.example"])
    func `what could be written in two ways is not guessed`(name: String) {
        #expect(InternationalName.ascii(name) == nil)
    }
}
