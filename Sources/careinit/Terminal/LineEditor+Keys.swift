import CEdit

#if canImport(Glibc)
    import Glibc
#endif

/// What the keys do that libedit leaves to careinit.
extension LineEditor {
    /// The next character, once the notes of the signals before it are dealt with; nil where reading ends, as `ending` tells.
    func nextScalar() -> Unicode.Scalar? {
        var assembler = ScalarAssembler()
        while true {
            switch KeySource.next() {
            case .byte(let byte):
                if let scalar = assembler.take(byte) { return scalar }
            case .note(.continued): resume()
            case .note(.resized): resize()
            case .note(.interrupted):
                ending = .interrupted
                return nil
            case .ended:
                ending = .endOfInput
                return nil
            }
        }
    }

    /// Takes what comes up to the end mark as one piece.
    func takePaste() -> UInt8 {
        var paste = Paste()
        while let scalar = nextScalar() {
            switch paste.take(scalar) {
            case nil: continue
            case .tooLong:
                say(["The paste is longer than \(Paste.limit) characters: nothing of it was taken."])
                return UInt8(CC_NORM)
            case .text(let text):
                return text.isEmpty || el_insertstr(editor, text) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
            }
        }
        return UInt8(CC_EOF)
    }

    /// Completes what stands before the cursor; where that is done, the second Tab lists what may follow.
    func complete() -> UInt8 {
        let (typed, after) = line
        let candidates = completion.candidates(for: typed, names: Self.entries)
        let completed = ValueCompletion.complete(typed, to: candidates)
        if completed != typed {
            replace(typed, with: completed)
            return UInt8(CC_REFRESH)
        }
        guard lineAtTab == [typed, after] else {
            lineAtTab = [typed, after]
            return UInt8(CC_ERROR)
        }
        let names = completion.list(candidates, for: typed)
        guard !names.isEmpty else { return UInt8(CC_ERROR) }
        say(ColumnLayout.lines(names, width: Console.width() - 1, rows: 20))
        return UInt8(CC_NORM)
    }

    private func replace(_ typed: String, with text: String) {
        if text.hasPrefix(typed) {
            el_insertstr(editor, String(text.dropFirst(typed.count)))
        } else {
            el_deletestr(editor, Int32(typed.unicodeScalars.count))
            el_insertstr(editor, text)
        }
    }

    private static func entries(of folder: String) -> [(name: String, isFolder: Bool)] {
        FileSystem.names(in: folder).map { ($0, FileSystem.isFolder("\(folder)/\($0)")) }
    }
}
