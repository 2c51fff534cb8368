#if canImport(Glibc)
    import Glibc
#endif

/// A user of this machine (passwd(5)).
struct UserAccount: Sendable, Equatable {
    var name: String
    var identifier: uid_t
    var group: gid_t
    var home: String

    /// The user of that name; nil where there is none.
    static func named(_ name: String) -> UserAccount? {
        lookUp { record, buffer, size, result in getpwnam_r(name, record, buffer, size, result) }
    }

    /// A user whom only a container knows, by number; the group has the same.
    static func numbered(_ text: String) -> UserAccount? {
        guard let number = uid_t(text) else { return nil }
        return UserAccount(name: text, identifier: number, group: number, home: "/nonexistent")
    }

    static func withIdentifier(_ identifier: uid_t) -> UserAccount? {
        lookUp { record, buffer, size, result in getpwuid_r(identifier, record, buffer, size, result) }
    }

    private static func lookUp(
        _ call: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> Int32
    ) -> UserAccount? {
        var record = passwd()
        var result: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16384) { buffer in
            guard let base = buffer.baseAddress, call(&record, base, buffer.count, &result) == 0, result != nil
            else {
                return nil
            }
            return UserAccount(
                name: String(cString: record.pw_name), identifier: record.pw_uid, group: record.pw_gid,
                home: String(cString: record.pw_dir))
        }
    }
}
