import Testing

@testable import careinit

@Suite("Causes that logs tell")
struct KnownCauseTests {
    @Test(
        "the latest line with a known cause counts",
        arguments: [
            (
                ["bind() failed (98: Address already in use)", "exiting"],
                "another program took its port after the check"
            ),
            (["could not write: No space left on device"], "the disk is full"),
            (["Permission denied", "no space left on device", "bye"], "the disk is full"),
            (["all is well"], nil), ([], nil),
        ] as [([String], String?)])
    func find(_ lines: [String], _ cause: String?) {
        #expect(KnownCause.find(in: lines) == cause)
    }
}
