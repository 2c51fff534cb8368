import Testing

@testable import carenotes

@Suite struct RoleTests {
    private static let table: [(Role, Set<Role.Permission>)] = [
        (.admin, Set(Role.Permission.allCases)),
        (.manager, [.readRecords, .writeNotes, .manageResidents, .decideOnRecords]),
        (.carer, [.readRecords, .writeNotes]), (.readOnly, [.readRecords]),
    ]

    @Test(arguments: table)
    func `a role allows what its holder needs, and no more`(role: Role, permissions: Set<Role.Permission>) {
        #expect(Set(Role.Permission.allCases.filter(role.allows)) == permissions)
    }
}
