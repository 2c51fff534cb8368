/// Files of settings to run the programs on.
enum SettingsFiles {
    /// Makes a complete, valid `.env` of the local profile, with its certificate; returns its path.
    @discardableResult
    static func provision(in folder: ScratchFolder) throws -> String {
        let outcome = try careinit("provision", "--profile", "local", "--no-input", in: folder.path)
        guard outcome.code == 0 else { throw HarnessError("provision: \(outcome)") }
        return folder[".env"]
    }

    /// The text with the line of that variable replaced.
    static func replacing(_ name: String, by line: String, in text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("\(name)=") ? line : String($0) }.joined(separator: "\n")
    }

    /// The value of a variable, as it stands there.
    static func value(of name: String, in text: String) -> String? {
        text.split(separator: "\n").first { $0.hasPrefix("\(name)=") }.map {
            String($0.dropFirst(name.utf8.count + 1))
        }
    }
}
