import Secrets
import Synchronization
import Testing

@testable import carenotes

@Suite struct PasswordGateTests {
    private static let cheap = Scrypt.Cost(logN: 10, r: 8, p: 1)

    @Test func `a stored hash matches its password, and nothing matches where none is stored`() throws {
        let gate = try PasswordGate(cost: Self.cheap)
        let stored = try gate.hash(SecretBytes("blue kettle")).text
        #expect(try gate.matches(SecretBytes("blue kettle"), stored: stored))
        #expect(try !gate.matches(SecretBytes("red kettle"), stored: stored))
        #expect(try !gate.matches(SecretBytes("blue kettle"), stored: nil))
        #expect(try !gate.matches(SecretBytes("blue kettle"), stored: "rubbish"))
        #expect(!gate.isOutdated(stored))
        #expect(try PasswordGate(cost: Scrypt.Cost(logN: 11, r: 8, p: 1)).isOutdated(stored))
    }

    @Test func `more than it has room for are turned away at once, and room comes back`() throws {
        let gate = try PasswordGate(cost: Self.cheap, capacity: 2)
        let inside = Atomic<Int>(0)
        let results = inParallel(3) { _ -> Bool in
            do throws(AccountError) {
                return try gate.admit { () throws(AccountError) -> Bool in
                    inside.add(1, ordering: .sequentiallyConsistent)
                    while inside.load(ordering: .sequentiallyConsistent) < 3 {}
                    return true
                }
            } catch {
                inside.add(1, ordering: .sequentiallyConsistent)
                return error != .busy
            }
        }
        #expect(results.filter { !$0 }.count == 1)
        #expect(try gate.admit { () throws(AccountError) -> Bool in true })
    }

    @Test func `many at once are hashed one after the other, and all of them right`() throws {
        let gate = try PasswordGate(cost: Self.cheap, capacity: 8)
        let stored = try gate.hash(SecretBytes("blue kettle")).text
        let results = inParallel(8) { index -> Bool in
            (try? gate.matches(SecretBytes(index % 2 == 0 ? "blue kettle" : "red"), stored: stored))
                == (index % 2 == 0)
        }
        #expect(results == Array(repeating: true, count: 8))
    }
}
