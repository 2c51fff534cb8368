/// The words of which placeholders are made, in lower case.
enum PlaceholderWords {
    /// `TBD`; in a secret also `password`, which elsewhere is the name of many a thing.
    static func isWord(_ bytes: [UInt8], isSecret: Bool) -> Bool {
        guard bytes.count <= 16 else { return false }
        return words.contains(bytes) || isSecret && secretWords.contains(bytes)
    }

    private static let words = Set(
        list("tbd tbc t.b.d. n/a todo fixme dummy placeholder undefined value-here value_here not-set unset"))

    private static let secretWords = Set(
        list(
            """
            password passwd passphrase pass secret token key test tests testing test123 admin root user default none null nil
            na nan example sample demo foo bar foobar baz qux foo-bar value string mypassword my-password my_password
            mysecret my-secret my_secret supersecret super-secret super_secret secretkey secret-key secret_key apikey
            api-key api_key password1 password123 admin123 secret123 changeit change-it letmein qwerty 123456 12345678
            temp tmp
            """))

    /// What a placeholder begins with.
    static let beginnings = list(
        """
        replace_ todo: todo- todo_ fill_ insert_ placeholder example_ example-password example-secret change_me change_this
        change_to change_it change_before change_in
        """)

    /// What begins no secret, but may begin a name.
    static let secretBeginnings = list("change_ change- todo enter_ enter-")

    /// What tells a placeholder at the start of each of its words.
    static let instructions =
        list(
            """
            change-me change-this change_me change_this changeme changethis replace-me replace-this replace-with replace_me
            replace_this replace_with replaceme fill-in insert-your insert_your enter-your enter_your put-your put_your
            set-me set_me
            """) + ["change me", "change this", "todo "].map { Array($0.utf8) }

    static let initials = Set(instructions.compactMap(\.first))

    /// What follows `your-` in a placeholder.
    static let nouns = list(
        """
        domain email e-mail mail host server app company organi site website name user password key secret token smtp api
        bucket project url address provider sentry database account
        """)

    /// What follows `your` in a placeholder, as a word of its own.
    static func isNoun(_ word: ArraySlice<UInt8>) -> Bool { joinedNouns.contains { $0.elementsEqual(word) } }

    private static let joinedNouns = list(
        """
        domain email host server company organisation organization website name username user password key secret token
        apikey secretkey database bucket
        """)

    private static func list(_ text: String) -> [[UInt8]] {
        text.utf8.split(whereSeparator: \.isWhitespace).map { Array($0) }
    }
}
