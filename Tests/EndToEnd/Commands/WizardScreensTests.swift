import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The main paths of the wizard as they look in a terminal emulator. `CARE_RECORD=1` records them anew: look at them.
@Suite(.enabled(if: Privileges.canUnshare))
struct WizardScreensTests {
    /// Questions and answers, in order.
    private static let local = [
        ("1 or 2", ""), ("APP_NAME", "Rosewood"), ("SMTP_HOST", ""), ("Section", ""), ("Write the file?", ""),
        ("Start the stack now?", "n"),
    ]
    private static let production = [
        ("1 or 2", "2"), ("APP_URL", "notes.rosewood-care.co.uk"),
        ("APP_URL", "https://notes.rosewood-care.co.uk"),
        ("APP_NAME", "Rosewood Residential Home"), ("Try it?", "n"), ("TLS_MODE", ""), ("LETSENCRYPT_EMAIL", ""),
        ("Try it?", "n"), ("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", ""), ("SMTP_SECURE", ""),
        ("SMTP_USER", "notes"),
        ("SMTP_PASS", "not a secret"), ("SMTP_FROM", "notes@rosewood-care.co.uk"), ("Try it?", ""),
        ("1, 2 or 3", ""), ("ALERT_EMAIL_CRITICAL", "oncall@rosewood-care.co.uk"), ("Section", "?"),
        ("Section", ""), ("Write the file?", ""),
    ]

    @Test(arguments: [80, 40], ["local", "production"])
    func `the screens are as they were recorded`(columns: Int, path: String) throws {
        let folder = try ScratchFolder()
        let screen = try ScreenTerminal(columns: columns, folder: folder, ["wizard"])
        var shown = ""
        for (question, answer) in path == "local" ? Self.local : Self.production {
            try screen.wait(for: question)
            try screen.answer(answer)
            shown = try eventually("an answer to \(question)") { () -> String? in
                let now = try screen.capture()
                return now == shown ? nil : now
            }
        }
        shown = try eventually("the end") { () -> String? in
            let now = try screen.capture()
            return now.contains("\nended with 0") ? now : nil
        }
        try compare(normalised(shown, folder) + "\n", with: "wizard-\(path)-\(columns).txt")
    }

    /// The folder's name in the middle of the path is another each time, but always as long; it may be broken anywhere.
    private func normalised(_ text: String, _ folder: ScratchFolder) -> String {
        let name = Array(folder.path.suffix(6))
        let kept = Array(text)
        var (result, index) = ("", 0)
        while index < kept.count {
            if let end = end(of: name, in: kept, from: index) {
                result += String(kept[index..<end].map { $0 == "\n" ? "\n" : "X" })
                index = end
            } else {
                result.append(kept[index])
                index += 1
            }
        }
        return result
    }

    private func end(of name: [Character], in text: [Character], from start: Int) -> Int? {
        var (index, matched) = (start, 0)
        while index < text.count, matched < name.count {
            if text[index] == name[matched] {
                matched += 1
            } else if text[index] != "\n" || matched == 0 {
                return nil
            }
            index += 1
        }
        return matched == name.count ? index : nil
    }

    private func compare(_ shown: String, with name: String) throws {
        let path = "\(#filePath)".split(separator: "/").dropLast(2).map { "/\($0)" }.joined() + "/Screens/\(name)"
        if getenv("CARE_RECORD") != nil { try Files.write(Array(shown.utf8), to: path, mode: 0o644) }
        #expect(shown == Files.text(path), "see \(name); CARE_RECORD=1 records it anew")
    }
}
