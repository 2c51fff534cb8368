import Secrets
import Testing

struct KeyRingTests {
    private let old = SecretBytes("old key")
    private let new = SecretBytes("new key")

    @Test func `it knows each key by its id, and the primary among them`() {
        let ring = KeyRing(new, also: [old])
        #expect(ring.byID == [KeyID.of(old): old, KeyID.of(new): new])
        #expect(ring.primaryID == KeyID.of(new))
        #expect(ring.all == [new, old])
    }

    @Test func `a key that stands twice is one key`() {
        #expect(KeyRing(new, also: [old, new, old]).others == [old])
    }

    @Test func `derived rings have the same order and other keys`() {
        let ring = KeyRing(new, also: [old]).derived("label")
        #expect(
            ring == KeyRing(KeyRing(new).derived("label").primary, also: [KeyRing(old).derived("label").primary]))
        #expect(ring.byID[KeyID.of(new)] == nil)
        #expect(KeyRing(new).derived("another") != KeyRing(new).derived("label"))
    }
}
