import CEdit

/// What libedit calls back. Plain functions, since C keeps no context for them: they find their editor in the handle's own.
enum EditorCallbacks {
    static func install(on editor: OpaquePointer) {
        cedit_configure(editor, tellPrompt, readKey)
        cedit_bind(editor, "\u{1B}[200~", "careinit-paste", "Take a paste as one piece", takePaste)
        cedit_bind(editor, "^I", "careinit-complete", "Complete the value", complete)
        // Shift-Tab answers with the command :back, in place of what stands in the line.
        cedit_bind_text(editor, "\u{1B}[Z", "\u{1}\u{B}:back\n")
    }
}

private func lineEditor(_ editor: OpaquePointer?) -> LineEditor? {
    guard let editor, let context = cedit_context(editor) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
}

private func tellPrompt(_ editor: OpaquePointer?) -> UnsafeMutablePointer<CChar>? { lineEditor(editor)?.prompt }

private func readKey(_ editor: OpaquePointer?, _ character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    guard let owner = lineEditor(editor) else { return -1 }
    guard let scalar = owner.nextScalar() else { return owner.ending == .interrupted ? -1 : 0 }
    character?.pointee = wchar_t(scalar.value)
    return 1
}

private func takePaste(_ editor: OpaquePointer?, _ key: Int32) -> UInt8 {
    lineEditor(editor)?.takePaste() ?? UInt8(CC_ERROR)
}

private func complete(_ editor: OpaquePointer?, _ key: Int32) -> UInt8 {
    lineEditor(editor)?.complete() ?? UInt8(CC_ERROR)
}
