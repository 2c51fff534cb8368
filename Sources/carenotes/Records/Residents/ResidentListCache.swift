import Secrets
import Synchronization

/// Lists of residents in Redis, sealed. A change makes an organisation's lists void before it is acknowledged.
///
/// Each organisation has a version, and a list is sealed to the one that stood before it was read; under another it does not
/// open. A change is framed by two: it puts `changing` in the place of the version before it writes, so that from then on
/// nothing is used or stored, and once it is committed a new version with the primary's place in the log. So none of these
/// leaves a stale list behind:
///
/// - A list that was read before the commit and is stored after it: its version is gone.
/// - A list that was read after the commit from a standby that has not replayed it: it is not stored, since the standby's
///   place is before the version's.
/// - A writer that dies in between: `changing` ends by itself, and whoever comes then makes a new version.
/// - A writer that cannot reach Redis: it owes the organisation a new version, and tries until Redis has it.
///
/// Two things have to go wrong for a list to be stale, which it then is for as long as CACHE_TTL says at most: a writer that
/// owes a version dies, or dies while another's change, which began after its own, has just put a version in the place of its
/// `changing`. And others may reach Redis again some moments before a writer pays what it owes.
final class ResidentListCache: Sendable {
    /// Longer than any change takes with all its retries.
    private static let changeTime = Duration.seconds(30)
    /// How long a version stays that nobody asks for. A new one costs no more than the lists.
    private static let versionTime = Duration.seconds(86_400)

    enum Look: Sendable {
        case found(Page<Resident>)
        /// Where the list may be stored once it is read; nil where it may not.
        case missing(Place?)
    }

    struct Place: Sendable {
        fileprivate var key: String
        fileprivate var organisationID: String
        fileprivate var version: ListVersion
        /// Nobody has made the version yet.
        fileprivate var isNew: Bool
        fileprivate var floor: LogPosition
    }

    private let cache: Cache
    private struct Keys: Sendable {
        var seal: RecordSeal
        /// Of the lists' names.
        var names: SecretBytes

        init(_ encryption: KeyRing) {
            seal = RecordSeal(encryption)
            names = encryption.derived("carenotes resident lists").primary
        }
    }

    private let keys: Mutex<Keys>
    private let time: Duration
    /// Organisations whose lists in Redis may be older than a change made here.
    private let owed = Mutex<Set<String>>([])

    /// Lists are kept for `time`.
    init(_ cache: Cache, encryption: KeyRing, time: Duration) {
        self.cache = cache
        self.time = time
        keys = Mutex(Keys(encryption))
    }

    /// Takes other keys. A list that none of them opens is read from the database; versions have no key.
    func use(_ encryption: KeyRing) { keys.withLock { $0 = Keys(encryption) } }

    private var seal: RecordSeal { keys.withLock { $0.seal } }
    private var names: SecretBytes { keys.withLock { $0.names } }

    /// What Redis has for the filter.
    func look(_ filter: ResidentFilter, for organisation: String) -> Look {
        if owes(organisation), !settle(organisation) { return .missing(nil) }
        let name = listName(filter, organisation)
        let commands = [Cache.get(Self.versionName(organisation)), Cache.get(name)]
        guard let replies = cache.ask(commands, within: cache.limits.asking) else { return .missing(nil) }
        guard case .bytes(let bytes) = replies[0], let version = ListVersion(bytes) else {
            cache.looked(isHit: false)
            return .missing(
                ListVersion.makeStanding(floor: .start).map {
                    Place(key: name, organisationID: organisation, version: $0, isNew: true, floor: .start)
                })
        }
        guard case .standing(_, let floor) = version else { return .missing(nil) }
        let place = Place(key: name, organisationID: organisation, version: version, isNew: false, floor: floor)
        let page = if case .bytes(let sealed) = replies[1] { open(sealed, place) } else { Page<Resident>?.none }
        cache.looked(isHit: page != nil)
        return page.map { .found($0) } ?? .missing(place)
    }

    /// Stores a list that was read at that position, unless it may miss a change.
    func keep(_ page: Page<Resident>, in place: Place, readAt position: LogPosition?) {
        guard let position, position >= place.floor,

            let sealed = try? seal.seal(Self.stamp(WallClock.seconds()) + page.lines, at: Self.sealed(place))
        else { return }
        var commands = [Cache.set(place.key, sealed, for: time)]
        if place.isNew {
            // Where another one was made meanwhile, the list is stored and never found.
            let version = Array(place.version.text.utf8)
            let set = Cache.set(Self.versionName(place.organisationID), version, for: Self.versionTime)
            commands.insert(set + [Array("NX".utf8)], at: 0)
        }
        _ = cache.ask(commands, within: cache.limits.asking)
    }

    /// Runs a change of the organisation's residents. `position` asks the primary for its place in the log, after the
    /// change, whether it went well or not: what has failed may have been committed all the same.
    func changing<Value>(
        _ organisation: String, position: () -> LogPosition?, _ body: () throws(RecordsError) -> Value
    ) throws(RecordsError) -> Value {
        let isMarked = put(.makeChanging(), organisation, for: Self.changeTime)
        defer {
            let version = position().flatMap { ListVersion.makeStanding(floor: $0) }
            let isPut = put(version, organisation, for: Self.versionTime)
            if !isMarked, !isPut { owed.withLock { _ = $0.insert(organisation) } }
        }
        return try body()
    }

    /// Tries every now and then to pay what is owed, until it is told to end.
    func run(every interval: Duration, until stopping: StopSignal) {
        while stopping.sleep(interval) {
            for organisation in owed.withLock({ $0 }) where !settle(organisation) { break }
        }
    }
}

extension ResidentListCache {
    /// Whether Redis may hold lists of the organisation that are older than a change made here.
    func owes(_ organisation: String) -> Bool { owed.withLock { $0.contains(organisation) } }

    /// What may be stale ends; the next change, or the end of `changeTime`, brings a version again.
    private func settle(_ organisation: String) -> Bool {
        // Removed first: a change that fails meanwhile owes anew.
        owed.withLock { _ = $0.remove(organisation) }
        let isPut = put(.makeChanging(), organisation, for: Self.changeTime)
        if !isPut { owed.withLock { _ = $0.insert(organisation) } }
        return isPut
    }

    private func put(_ version: ListVersion?, _ organisation: String, for time: Duration) -> Bool {
        guard let version else { return false }
        let command = Cache.set(Self.versionName(organisation), Array(version.text.utf8), for: time)
        return cache.ask([command], within: cache.limits.asking) != nil
    }

    private func open(_ bytes: [UInt8], _ place: Place) -> Page<Resident>? {
        guard let opened = try? seal.open(bytes, at: Self.sealed(place)) else { return nil }
        // Redis lets go of it by then; whoever may write there might not.
        let oldest = Self.stamp(WallClock.seconds() - time.components.seconds)
        guard !opened.prefix(oldest.count).lexicographicallyPrecedes(oldest) else { return nil }
        return Page(lines: Array(opened.dropFirst(oldest.count)))
    }

    /// Seconds since 1970 as eight bytes, the highest first.
    private static func stamp(_ seconds: Int64) -> [UInt8] {
        withUnsafeBytes(of: UInt64(max(0, seconds)).bigEndian) { Array($0) }
    }

    private static func sealed(_ place: Place) -> RecordSeal.Place {
        RecordSeal.Place(
            table: "redis", column: "residents", organisationID: place.organisationID, rowID: place.version.text,
            further: [place.key])
    }

    private static func versionName(_ organisation: String) -> String { "residents:\(organisation):version" }

    /// A room, which the filter may name, is nothing for Redis to know.
    private func listName(_ filter: ResidentFilter, _ organisation: String) -> String {
        let parts = [filter.status?.rawValue, filter.room, filter.cursor?.text, "\(filter.limit)"]
        let text = parts.map { part in part.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: "\n")
        return "residents:\(organisation):"
            + Hex.encode(Digest.hmacSHA256(key: names, Array(text.utf8)).prefix(16))
    }
}
