/// Who asks, as the access token says: lower-case UUIDs that were validated before they come here.
package struct Identity: Sendable, Equatable {
    package var organisationID: String
    package var subjectID: String
    package var role: Role
    /// Where the request comes from: whoever reads or writes is in the audit trail with it.
    package var origin = RequestOrigin.internalUse

    package init(organisationID: String, subjectID: String, role: Role) {
        self.organisationID = organisationID
        self.subjectID = subjectID
        self.role = role
    }

    func from(_ origin: RequestOrigin) -> Identity {
        var copy = self
        copy.origin = origin
        return copy
    }
}

extension Identity {
    /// - Throws: 403 where the role does not allow it.
    func require(_ permission: Role.Permission) throws(Problem) {
        guard role.allows(permission) else {
            throw Problem(.forbidden, .notAllowed, "The role \(role.rawValue) does not allow this.")
        }
    }
}
