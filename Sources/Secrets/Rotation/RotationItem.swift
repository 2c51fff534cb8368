/// One secret of a rotation: everything about it but its values.
package struct RotationItem: Codable, Equatable, Sendable {
    /// What has to happen to the old one once nobody uses it any more.
    package enum Retirement: Codable, Equatable, Sendable {
        /// As soon as nobody uses it.
        case drained
        /// So many seconds after the new one came into use: what was made with the old one is good until then.
        case after(seconds: Int64)
        /// When the operator says that no kept backup needs it.
        case released
    }

    /// Such as `DB_PASSWORD`.
    package var name: String
    /// Whether a server must be told of it before services are.
    package var isStaged: Bool
    /// Whether services accept both for a time.
    package var isAdmitted: Bool
    package var isProved: Bool
    /// Whether it can be seen who still uses the old one.
    package var isDrained: Bool
    package var retirement: Retirement
    /// The user names that belong to the old and to the new value, where each value has its own.
    package var oldLogin: String?
    package var newLogin: String?
    /// Unix seconds since which every service uses the new one.
    package var publishedAt: Int64?
    /// The server has forgotten the old one.
    package var isRetired = false
    /// Whether it goes the way back: to the value that was there first.
    package var isReversed = false

    package init(
        name: String, isStaged: Bool = false, isAdmitted: Bool = false, isProved: Bool = false,
        isDrained: Bool = false, retirement: Retirement = .drained, oldLogin: String? = nil,
        newLogin: String? = nil
    ) {
        (self.name, self.retirement, self.oldLogin, self.newLogin) = (name, retirement, oldLogin, newLogin)
        (self.isStaged, self.isAdmitted, self.isProved, self.isDrained) = (
            isStaged, isAdmitted, isProved, isDrained
        )
    }

    /// From when on the old one may be retired, in Unix seconds; nil while that is not known.
    package var retireAt: Int64? {
        switch retirement {
        case .drained: publishedAt
        case .after(let seconds): publishedAt.map { $0 + seconds }
        case .released: nil
        }
    }

    /// The way back: what was new is to go, and what was old is to stay.
    package var reversed: RotationItem {
        var item = self
        (item.oldLogin, item.newLogin) = (newLogin, oldLogin)
        item.publishedAt = nil
        item.isReversed.toggle()
        return item
    }
}
