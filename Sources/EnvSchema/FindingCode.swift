/// The stable names of everything that `careinit check` can find.
package enum FindingCode: String, Sendable, CaseIterable {
    // The file.
    case emptyFile = "empty-file"
    case notUTF8 = "not-utf8"
    case byteOrderMark = "byte-order-mark"
    case carriageReturns = "carriage-returns"
    case loneCarriageReturn = "lone-carriage-return"
    case nulByte = "nul-byte"
    case tooMany = "too-many"
    case readableByOthers = "readable-by-others"
    case trackedByGit = "tracked-by-git"
    case gitUnreadable = "git-unreadable"

    // The syntax.
    case missingEquals = "missing-equals"
    case invalidName = "invalid-name"
    case colonSeparator = "colon-separator"
    case unterminatedQuote = "unterminated-quote"
    case textAfterQuote = "text-after-quote"
    case commentAsValue = "comment-as-value"
    case badReference = "bad-reference"
    case undefinedReference = "undefined-reference"
    case valueTooLong = "value-too-long"

    // The names.
    case unknownName = "unknown-name"
    case retiredName = "retired-name"
    case duplicateName = "duplicate-name"
    case deprecatedName = "deprecated-name"

    // The values.
    case missingRequired = "missing-required"
    case placeholder = "placeholder"
    case controlCharacter = "control-character"
    case invalidValue = "invalid-value"
    case secretTooShort = "secret-too-short"
    case weakSecret = "weak-secret"
    case reusedSecret = "reused-secret"
    case unsafeInContext = "unsafe-in-context"
    case unmarkedSecret = "unmarked-secret"

    // What values mean to each other.
    case notLess = "not-less"
    case tooLarge = "too-large"
    case notDistinct = "not-distinct"
    case incompleteGroup = "incomplete-group"
    case contradiction = "contradiction"
    case missingCompanion = "missing-companion"
    case noneSet = "none-set"
    case severalSet = "several-set"

    // The files that values name, where they are on this machine.
    case certificateDue = "certificate-due"
    case certificateExpired = "certificate-expired"
    case certificateUnreadable = "certificate-unreadable"

    // Secrets that have been there for long.
    case oldSecret = "old-secret"

    // The template.
    case notSupported = "not-supported"

    // What other readers make of it.
    case readDifferently = "read-differently"
    case refusedByReader = "refused-by-reader"
    case runByReader = "run-by-reader"

    // What happened when it was tried.
    case proofFailed = "proof-failed"

    package var severity: Finding.Severity {
        switch self {
        case .colonSeparator, .commentAsValue, .retiredName, .duplicateName, .deprecatedName, .gitUnreadable,
            .notSupported, .unmarkedSecret, .certificateDue, .oldSecret:
            .warning
        default: .error
        }
    }
}
