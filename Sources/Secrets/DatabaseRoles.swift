/// The four roles of one application in PostgreSQL, all told by the login that is active.
///
/// The owner cannot log in and owns every object. The application role cannot log in either, and owns nothing: it is what
/// sessions act as, and may do what it was granted. Two logins are members of both, of which one is active: changing the
/// password means to give the other one a password and to make it the active one.
package struct DatabaseRoles: Equatable, Sendable {
    /// `<base>_owner`.
    package var owner: String
    /// `<base>_app`.
    package var application: String
    package var activeLogin: String
    /// The login that is not active: `<base>_b` beside `<base>`, and the other way round.
    package var otherLogin: String

    /// PostgreSQL cuts names after 63 bytes, so that the longest of the four needs a base of at most 57.
    package static let maximumBaseLength = 57

    package init(activeLogin: String) {
        let suffix = "_b"
        let isSecond = activeLogin.hasSuffix(suffix) && activeLogin.utf8.count > suffix.utf8.count
        let base = isSecond ? String(activeLogin.dropLast(suffix.count)) : activeLogin
        owner = base + "_owner"
        application = base + "_app"
        self.activeLogin = activeLogin
        otherLogin = isSecond ? base : base + suffix
    }
}
