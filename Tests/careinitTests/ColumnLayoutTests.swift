import Testing

@testable import careinit

@Suite struct ColumnLayoutTests {
    @Test(
        arguments: [
            (["a", "b", "c"], 80, 5, ["a  b  c"]), (["a", "b", "c"], 6, 5, ["a  c", "b"]),
            (["a", "b", "c"], 6, 1, ["a  b", "and 1 more"]), (["a long name", "b"], 4, 5, ["a long name", "b"]),
            ([], 80, 5, []),
        ] as [([String], Int, Int, [String])])
    func `as many columns as fit, read downwards`(
        _ names: [String], _ width: Int, _ rows: Int, _ lines: [String]
    ) {
        #expect(ColumnLayout.lines(names, width: width, rows: rows) == lines)
    }
}
