import TestSupport
import Testing

@testable import EnvSchema

@Suite struct SecretStrengthTests {
    /// Long secrets that people make.
    static let made: [(String, SecretStrength.Pattern?)] = [
        ("PasswordPasswordPasswordPassword", .repetition), ("ThisIsMyVeryLongSecretPassword12", .words),
        ("qwertyuiopasdfghjklzxcvbnm123456", .sequence), ("P@ssw0rdP@ssw0rd2024!!P@ssw0rd2024", .repetition),
        ("writecarenotes-production-database-password", .words), ("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,", .sequence),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", nil), ("00000000000000000000000000000000", nil),
        ("0123456789abcdef0123456789abcdef", .repetition), ("supersecretjwtkeydonotshareplease", .words),
        ("12345678901234567890123456789012", .repetition), ("abcdefghijklmnopqrstuvwxyz123456", .sequence),
        ("deadbeefdeadbeefdeadbeefdeadbeef", .repetition), ("abcabcabcabcabcabcabcabcabcabcabc", .repetition),
        ("this-is-the-secret-key-for-production", .words), ("my_super_secret_jwt_signing_key_2024", .words),
        ("SuperSecretPassword123SuperSecret", .words), ("letmeinletmeinletmeinletmeinletmein", .repetition),
        ("CareNotesProductionDatabase2024!", .words), ("WelcomeToWriteCareNotes2024Summer", .words),
        ("changemechangemechangemechangeme", .repetition), ("thequickbrownfoxjumpsoverthelazydog", .words),
        ("password123password123password123", .repetition), ("Monday1Tuesday2Wednesday3Thursday4", .words),
        ("januaryfebruarymarchaprilmayjune12", .words), ("iloveyouiloveyouiloveyouiloveyou", .repetition),
        ("MySecretKeyMySecretKeyMySecretKey", .repetition), ("redis-password-for-production-2024", .words),
        ("postgres_replication_password_2025", .words), ("zyxwvutsrqponmlkjihgfedcba987654", .sequence),
        ("fedcba9876543210fedcba9876543210", .repetition), ("!@#$%^&*()!@#$%^&*()!@#$%^&*()!@", .repetition),
        ("Summer2023Winter2023Spring2024Autumn", .words), ("S3cr3tK3yS3cr3tK3yS3cr3tK3yS3cr3t", .repetition),
        ("GrafanaAdminPasswordForTheCareHome", .words), ("20240101202401012024010120240101", .repetition),
        ("a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6", .sequence), ("LiverpoolFootballClub2024Everton", .words),
        ("1111111122222222333333334444444455555555", .repetition), ("poiuytrewqlkjhgfdsamnbvcxz098765", .sequence),
        ("the-nurses-care-for-the-residents-2024", .words), ("qazwsxedcrfvtgbyhnujmikolpqazwsx", .sequence),
        ("Dragon123Monkey123Summer123Winter123", .words), ("encryption-key-for-the-care-notes-app", .words),
        ("01010101010101010101010101010101", .repetition), ("0110100110010110100101100110100101", nil),
        ("correcthorsebatterystaplecorrecthorse", .words), ("YouShallNotPassYouShallNotPass2024", .words),
        ("ThisIsASuperSecretKeyThatNobodyKnows", .words), ("do-not-use-this-secret-in-production-ever", .words),
        ("AdminAdminAdmin123!AdminAdminAdmin123!", .repetition), ("asdfasdfasdfasdfasdfasdfasdfasdf", .repetition),
        ("manchesterunitedmanchesterunited1", .words), ("Password1Password2Password3Password4", .words),
    ]

    @Test(arguments: made)
    func `a long secret that a person made up is weak`(value: String, pattern: SecretStrength.Pattern?) {
        let strength = SecretStrength(of: value)
        #expect(strength.isWeak, "\(strength.bits) bits")
        #expect(strength.pattern == pattern)
    }

    struct Kind: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var parts: [String]
        var count: Int
        var separator = ""

        init(_ name: String, alphabet: String, count: Int) {
            (testDescription, parts, self.count) = (name, alphabet.map { String($0) }, count)
        }

        init(words: [String], count: Int) {
            (testDescription, parts, self.count, separator) = ("words", words, count, "-")
        }

        func draw(_ generator: inout SeededGenerator) -> String {
            var text = ""
            for index in 0..<count {
                if index > 0 { text += separator }
                text += parts[Int(truncatingIfNeeded: generator.next() % UInt64(parts.count))]
            }
            return text
        }
    }

    private static let letters = "abcdefghijklmnopqrstuvwxyz"

    static let kinds = [
        Kind("hexadecimal digits", alphabet: "0123456789abcdef", count: 32),
        Kind("decimal digits", alphabet: "0123456789", count: 32),
        Kind("URL-safe characters", alphabet: letters + letters.uppercased() + "0123456789-_", count: 43),
        Kind(words: unusualWords, count: 6),
    ]

    static let printable = Kind(
        "printable characters", alphabet: String((0x21...0x7E).map { Character(UnicodeScalar(UInt8($0))) }),
        count: 32)

    /// A fixed seed: the least of them, decimal digits, may be called weak once in some millions. `CARE_FUZZ_ROUNDS=100000`
    /// takes a minute or two.
    @Test(.serialized, arguments: kinds)
    func `of thousands of random secrets none is weak`(kind: Kind) {
        let seed: UInt64 = 0x5EC2E7
        var generator = SeededGenerator(seed: seed)
        for round in 0..<(FuzzTests.longRounds ?? 3000) {
            let value = kind.draw(&generator)
            guard SecretStrength(of: value).isWeak else { continue }
            Issue.record("\(value), seed \(seed), round \(round)")
        }
    }

    /// As a long list of words for phrases has many.
    static let unusualWords = """
        abacus ablaze acorn aerosol affix agile alfalfa almanac ambush amulet anvil apricot arbor artichoke aspen atrium
        backlit badger balsa bamboo barnacle bassoon bauble beeswax bellhop bicep biscotti bobsled bonsai bramble brisket
        bugle cabana cactus calypso caramel cashew catnip celery chisel cinnamon citrus cobalt coconut comet corduroy
        crayon crouton cymbal dabble dandelion dastardly debris decoy dinghy dirigible drizzle dugout dumpling dwindle
        earmuff easel eggplant elixir embargo emblem enamel eskimo espresso fabric falcon fennel ferret fiddle filament
        flannel fondue fossil frisbee fungus gadget gallop gargle gazebo geyser giblet gimmick giraffe gizmo glacier
        goblet gondola granola gravel grotto guava gusto gyration haggle halibut hamlet harmonica hazelnut hedgehog
        hexagon hubcap humbug hydrant icicle igloo iguana impala ingot jackal jamboree jasmine javelin jigsaw jockey
        jubilee juniper kayak kazoo kelp kettle kiosk kiwi lacquer lagoon lantern larva lasagna lentil leotard lichen
        lilac limerick llama lobster lozenge macaw magma mahogany mammoth mandolin marzipan maverick meringue mohawk
        molasses mosaic muffin nectar nickel nozzle nugget nutmeg oatmeal obelisk octagon okra olive omelet opossum
        orchid ostrich otter paddle pancake papaya paprika parsnip pebble pelican pesto pickle pigment pistachio plaid
        polka poncho pretzel puffin quail quartz quiche quilt quiver radish raffle raisin rascal ravioli rhubarb ribbon
        rodeo rubble saddle saffron salsa sardine satchel scallop scarab scone seaweed shamrock shrubbery skillet sloth
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)

    @Test(arguments: [
        ("", 0.0...0), ("a", 3.9...4.1), ("zq", 9.3...9.5), ("Zq3vT8yL", 45...48), ("password", 8...10),
        ("P@ssw0rd", 12...15), ("qwerty", 8...12), ("1987", 10...12), ("ghijklmn", 10...16),
        ("zyzyzyzyzy", 10...20),
    ])
    func `an estimate is what the cheapest description costs`(value: String, bits: ClosedRange<Double>) {
        #expect(bits.contains(SecretStrength(of: value).bits), "\(SecretStrength(of: value).bits)")
    }

    @Test func `only the first characters are looked at`() {
        let start = String(repeating: "a", count: 256)
        #expect(SecretStrength(of: start + "Zq3vT8yLw1RkNf6B").bits == SecretStrength(of: start).bits)
    }

    @Test func `the finding says why, and no more than a round number of bits`() throws {
        let variable = try #require(try CheckerTests.schema("# @sensitive\nA=\n")["A"])
        let reasons = [
            "PasswordPasswordPasswordPassword": "A is easily guessed: it repeats itself",
            "abcdefghijklmnopqrstuvwxyz123456":
                "A is easily guessed: it follows the alphabet or the keyboard",
            "ThisIsMyVeryLongSecretPassword12": "A is easily guessed: it is made of common words or dates",
            "0110100110010110100101100110100101": "A is easily guessed: it is worth about 40 bits",
        ]
        for (value, reason) in reasons { #expect(variable.findings(for: value).map(\.reason) == [reason]) }
    }

    @Test func `the common words are words, and each stands there once`() {
        let words = [CommonWords.frequent, CommonWords.common].flatMap {
            $0.description.split(whereSeparator: { $0 == " " || $0 == "\n" })
        }
        #expect(Set(words).count == words.count && words.count > 500)
        #expect(words.allSatisfy { $0.utf8.count > 1 && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } })
    }
}
