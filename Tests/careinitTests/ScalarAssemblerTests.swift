import Testing

@testable import careinit

@Suite struct ScalarAssemblerTests {
    private func take(_ bytes: [UInt8]) -> String {
        var assembler = ScalarAssembler()
        return String(String.UnicodeScalarView(bytes.compactMap { assembler.take($0) }))
    }

    @Test(arguments: ["a\nb", "é", "日本語", "👩‍⚕️", "e\u{301}", "\u{10FFFF}\u{0}"])
    func `puts characters together from their bytes`(text: String) { #expect(take(Array(text.utf8)) == text) }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], "ab"), ([0x80, 0x61], "a"), ([0xC3, 0x61], "a"), ([0xE6, 0x97, 0xC3, 0xA9], "é"),
            ([0xC0, 0xAF, 0x61], "a"), ([0xED, 0xA0, 0x80, 0x61], "a"), ([0xF4, 0x90, 0x80, 0x80], ""),
        ] as [([UInt8], String)])
    func `drops what is no UTF-8`(_ bytes: [UInt8], _ text: String) { #expect(take(bytes) == text) }
}
