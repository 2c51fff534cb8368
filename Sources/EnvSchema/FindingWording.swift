extension Finding {
    private var name: String { variable ?? "this name" }
    private var others: String { context.others.joined(separator: ", ") }
    private var expected: String { context.expected ?? "a value of its type" }
    /// What to put there; of a text no more can be said than that it is not this one.
    private var wanted: String { expected == "text" ? "its real value" : expected }
    private var number: String { context.number.map { "\($0)" } ?? "?" }

    /// What is wrong and why, in one sentence without a full stop.
    package var reason: String {
        switch code {
        case .emptyFile, .notUTF8, .byteOrderMark, .carriageReturns, .loneCarriageReturn, .nulByte, .tooMany,
            .readableByOthers, .trackedByGit, .gitUnreadable:
            fileReason
        case .missingEquals, .invalidName, .colonSeparator, .unterminatedQuote, .textAfterQuote, .commentAsValue,
            .badReference, .undefinedReference, .valueTooLong:
            syntaxReason
        case .unknownName:
            variable == nil
                ? "no variable of the template has the name on this line, so nothing reads it"
                : "no variable of the template is called \(name), so nothing reads it"
        case .retiredName:
            "nothing reads \(name) any more" + (context.reason.map { ": \($0)" } ?? "")
        case .duplicateName:
            "\(name) stands on line \(number) already; the last one counts, and readers are led astray"
        case .deprecatedName:
            "\(name) should not be used any more" + (context.reason.map { ": \($0)" } ?? "")
        case .notSupported:
            "the template wants \(expected), which careinit does not carry out: what it would add is not checked"
        case .readDifferently, .refusedByReader, .runByReader: readerReason
        case .certificateDue, .certificateExpired, .certificateUnreadable: certificateReason
        case .oldSecret: "\(name) has had its value for \(number) days"
        case .proofFailed: "\(expected) failed when it was tried" + (context.reason.map { ": \($0)" } ?? "")
        default: valueReason
        }
    }

    private var certificateReason: String {
        let details = context.reason.map { ": \($0)" } ?? ""
        return switch code {
        case .certificateDue: "the certificate that \(name) leads to should have been renewed\(details)"
        case .certificateExpired:
            "the certificate that \(name) leads to has expired, and browsers refuse it\(details)"
        default: "the certificate that \(name) leads to cannot be read\(details)"
        }
    }

    private var readerReason: String {
        switch code {
        case .refusedByReader:
            "\(context.expected ?? "a reader") refuses the whole file because of what stands here"
        case .runByReader:
            "\(context.expected ?? "a shell") would run what stands here, and only then know the values"
        default:
            "\(name) is read differently: "
                + context.readings.map {
                    "\($0.readers.joined(separator: ", ")) read\($0.readers.count == 1 ? "s" : "") \($0.text)"
                }
                .joined(separator: "; ")
        }
    }

    private var fileReason: String {
        switch code {
        case .emptyFile: "the file is empty"
        case .notUTF8: "the file is not UTF-8 from here on, so programs read different values from it"
        case .byteOrderMark:
            "the file starts with a byte order mark, which several programs take for part of the first name"
        case .carriageReturns: "the lines end with CR LF, and several programs take the CR for part of the value"
        case .loneCarriageReturn:
            "a CR stands here without a line feed: some programs end the line here, others do not"
        case .nulByte: "a zero byte stands here, where most programs end the value or the file"
        case .tooMany: "there are \(number) more findings of the kind \(expected), from here on"
        case .readableByOthers: "others than its owner may read the file, and it holds secrets (mode \(expected))"
        case .gitUnreadable: "whether git tracks the file could not be found out"
        default: "git tracks the file, so everyone with the repository has its secrets"
        }
    }

    private var syntaxReason: String {
        switch code {
        case .missingEquals: "there is no = on this line, so it sets nothing"
        case .invalidName: "a name is letters, digits and _; there is something else here"
        case .colonSeparator: "only Docker Compose takes a colon for an equals sign; other programs skip the line"
        case .unterminatedQuote: "the quote that opens here is never closed"
        case .textAfterQuote: "the quoted value, opened on line \(number), has ended; what follows it is lost"
        case .commentAsValue: "this # is part of the value for some programs and a comment for others"
        case .badReference: "the value has a ${ that cannot be read"
        case .undefinedReference: "the value refers with $ to a variable that is not set above it"
        default: "the references in the value make it longer than 1 MiB"
        }
    }

    private var valueReason: String {
        switch code {
        case .missingRequired: "\(name) is required and has no value"
        case .placeholder: "\(name) still holds a placeholder"
        case .controlCharacter: "\(name) holds a control character, such as a line feed"
        case .invalidValue: "\(name) is not \(expected)"
        case .secretTooShort: "\(name) is a secret of fewer than \(number) characters"
        case .weakSecret: "\(name) is easily guessed: \(context.reason ?? "it is worth about \(number) bits")"
        case .reusedSecret: "\(name) is the same secret as \(others): who learns one has the other"
        case .unsafeInContext:
            "\(name) is written into \(expected), which cannot hold \(context.reason ?? "such a value")"
        case .unmarkedSecret: "\(name) looks like a secret, and the template does not mark it as one"
        case .notLess: "\(name) must be less than \(others)"
        case .tooLarge: "\(name) must not be more than \(others)"
        case .notDistinct: "\(name) must not be the same as \(others)"
        case .incompleteGroup: "\(name) is empty, but \(others) is set: they go together"
        case .contradiction: "\(name) and \(others) do not agree: \(expected)"
        case .noneSet: "one of \(name), \(others) must be set, and none is"
        case .severalSet: "only one of \(name), \(others) may be set"
        default: "\(others) needs \(name), which is empty"
        }
    }

    /// The edit or the command that mends it, in one sentence without a full stop. `.env` stands for the file.
    package var fix: String { fix(in: ".env") }

    /// The edit or the command that mends it in the file of that path.
    package func fix(in path: String) -> String {
        let file = Self.shellWord(path)
        switch code {
        case .emptyFile: return "run careinit wizard, or copy the template"
        case .notUTF8: return "save the file as UTF-8"
        case .byteOrderMark: return "save the file as UTF-8 without a byte order mark"
        case .carriageReturns: return "sed -i 's/\\r$//' \(file)"
        case .loneCarriageReturn: return "remove it, or end the line with a line feed"
        case .nulByte: return "name the right file, or save it as UTF-8"
        case .tooMany: return "mend those that are shown, and check again"
        case .readableByOthers: return "chmod 600 \(file)"
        case .trackedByGit:
            return "git rm --cached \(file), name the file in .gitignore, and change every secret in it"
        case .gitUnreadable: return "ask git: git ls-files \(file) must print nothing"
        case .missingEquals: return "write NAME=value, or put # before the line"
        case .invalidName: return "write NAME=value, or put # before the line"
        case .colonSeparator: return "write = for the colon"
        case .unterminatedQuote: return "close the quote on the same line"
        case .textAfterQuote: return "put the whole value in quotes, or a space and # before a comment"
        case .commentAsValue: return "remove it, or put the value in single quotes"
        case .badReference, .undefinedReference, .valueTooLong:
            return "put the value in single quotes if the $ is meant as it stands"
        case .unknownName:
            let own = severity == .warning ? "; or leave it, where another program reads it" : ""
            return context.suggestion.map { "did you mean \($0)?" } ?? "correct the name, or remove the line\(own)"
        case .retiredName: return context.suggestion.map { "use \($0) instead" } ?? "remove the line"
        case .duplicateName: return "remove all but one"
        case .deprecatedName: return "remove the line, or put in its place what the template names"
        case .notSupported: return "check with the tool that it is written for too, or take it out of the template"
        case .readDifferently:
            return context.suggestion
                ?? "choose a value that all of them can read: letters, digits, and - . _ need no quotes"
        case .oldSecret: return "careinit rotate-secrets \(name) changes it while the stack runs"
        case .certificateDue, .certificateExpired:
            return context.suggestion ?? "get a new one, and then: careinit certs install"
        case .certificateUnreadable:
            return context.suggestion ?? "put the chain there in PEM, its own certificate first"
        case .proofFailed: return context.suggestion ?? "careinit check --live shows each step"
        case .refusedByReader, .runByReader:
            return "write NAME=value on one line, in single quotes where it is not plain"
        default: return valueFix
        }
    }

    /// The path as one word of a shell.
    private static func shellWord(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { $0.isAlphanumeric || "/._-+@%,:".utf8.contains($0) }
        return isPlain
            ? path
            : "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    private var valueFix: String {
        switch code {
        case .missingRequired, .placeholder, .secretTooShort, .weakSecret, .reusedSecret:
            generate ?? (code == .reusedSecret ? "choose another value" : "set it to \(wanted)")
        case .controlCharacter: "write the value on one line"
        case .unsafeInContext: generate ?? "choose a value without \(context.reason ?? "those characters")"
        case .invalidValue: generate ?? "set it to \(wanted)"
        case .unmarkedSecret: "mark it @sensitive in the template, or move the value to a variable that is"
        case .notLess, .tooLarge: "lower \(name), or raise \(others)"
        case .notDistinct: "choose another value"
        case .incompleteGroup: "set \(name), or empty \(others)"
        case .contradiction: "change one of the two"
        case .noneSet: "set one of them"
        case .severalSet: "empty all but one"
        default: "set \(name), or empty \(others)"
        }
    }

    /// How to make one; the wizard's own way keeps it off the screen.
    private var generate: String? {
        switch context.generation {
        case .urlSafe: "let careinit wizard generate it, or use: careinit generate"
        case .hex(let bytes): "let careinit wizard generate it, or use: careinit generate --hex \(bytes)"
        case nil: nil
        }
    }
}
