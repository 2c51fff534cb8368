@testable import careinit

/// The seed of the tests that damage bytes at random: a new one each run, which a failure names; `$CARE_FUZZ_SEED` repeats one.
enum FuzzSeed {
    static let value: UInt64 = {
        let seed = Console.variable("CARE_FUZZ_SEED").flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max)
        print("Seed of the fuzz tests: CARE_FUZZ_SEED=\(seed)")
        return seed
    }()
}
