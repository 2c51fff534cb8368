/// Words between white space in a text that the program holds: nothing is built at its start.
enum WordList {
    static func contains(_ word: String, in list: StaticString) -> Bool {
        let word = Array(word.utf8)
        guard !word.isEmpty, !word.contains(where: \.isWhitespace) else { return false }
        return list.withUTF8Buffer { bytes in
            bytes.split(whereSeparator: \.isWhitespace).contains { $0.elementsEqual(word) }
        }
    }
}
