/// Remembers something of many callers, of twice `capacity` at most: whoever was not seen for longest is forgotten first.
struct RecentTable<Value: Sendable>: Sendable {
    private var recent: [[UInt8]: Value] = [:]
    private var older: [[UInt8]: Value] = [:]
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { recent.count + older.count }

    func value(of key: [UInt8]) -> Value? { recent[key] ?? older[key] }

    mutating func set(_ value: Value, for key: [UInt8]) {
        if recent.count >= capacity, recent[key] == nil {
            older = recent
            recent = [:]
        }
        recent[key] = value
        older[key] = nil
    }

    mutating func remove(_ key: [UInt8]) {
        recent[key] = nil
        older[key] = nil
    }
}
