/// Finds the last assignment of a name. Open addressing over indices: a file of a million lines has a million names.
///
/// Names are hashed with the process' own seed, so that no file can choose names that collide.
struct NameTable: Sendable {
    private var slots: [Slot] = []
    private var count = 0

    private struct Slot {
        /// Beside the index, so that only names that are equal for certain are looked up.
        var hash: UInt32
        /// The index of the record; -1 in a free slot.
        var index: Int32

        static let free = Slot(hash: 0, index: -1)
    }

    private static func hash(_ name: ArraySlice<UInt8>) -> UInt32 {
        var hasher = Hasher()
        name.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    /// The index of the last assignment of the name; nil without one.
    func find(_ name: ArraySlice<UInt8>, _ records: [AssignmentRecord], _ bytes: [UInt8]) -> Int? {
        guard !slots.isEmpty else { return nil }
        let index = slots[place(of: name, Self.hash(name), records, bytes)].index
        return index < 0 ? nil : Int(index)
    }

    /// Makes the last of the records the one that counts for its name.
    ///
    /// - Returns: The index of the record that counted before; -1 where there was none.
    mutating func insertLast(of records: [AssignmentRecord], _ bytes: [UInt8]) -> Int32 {
        if (count + 1) * 3 > slots.count * 2 { grow() }
        let name = bytes[records[records.count - 1].nameRange]
        let hash = Self.hash(name)
        let place = place(of: name, hash, records, bytes)
        let previous = slots[place].index
        if previous < 0 { count += 1 }
        slots[place] = Slot(hash: hash, index: Int32(records.count - 1))
        return previous
    }

    /// The slot that holds the name, or the free one where it belongs.
    private func place(
        of name: ArraySlice<UInt8>, _ hash: UInt32, _ records: [AssignmentRecord], _ bytes: [UInt8]
    ) -> Int {
        let mask = slots.count - 1
        var place = Int(hash) & mask
        while slots[place].index >= 0 {
            let slot = slots[place]
            if slot.hash == hash, bytes[records[Int(slot.index)].nameRange].elementsEqual(name) { return place }
            place = (place + 1) & mask
        }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: .free, count: max(64, old.count * 2))
        let mask = slots.count - 1
        for slot in old where slot.index >= 0 {
            var place = Int(slot.hash) & mask
            while slots[place].index >= 0 { place = (place + 1) & mask }
            slots[place] = slot
        }
    }
}
