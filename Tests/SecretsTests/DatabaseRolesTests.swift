import Secrets
import Testing

@Suite struct DatabaseRolesTests {
    @Test(arguments: [
        ("writecarenotes", "writecarenotes_owner", "writecarenotes_b"),
        ("writecarenotes_b", "writecarenotes_owner", "writecarenotes"),
        ("_b", "_b_owner", "_b_b"), ("b", "b_owner", "b_b"), ("app_B", "app_B_owner", "app_B_b"),
    ])
    func `owner and other login follow from the active one`(active: String, owner: String, other: String) {
        let roles = DatabaseRoles(activeLogin: active)
        #expect(roles == DatabaseRoles(activeLogin: active))
        #expect(roles.owner == owner)
        #expect(roles.application == owner.dropLast("owner".count) + "app")
        #expect(roles.activeLogin == active)
        #expect(roles.otherLogin == other)
    }

    @Test func `the other login leads back`() {
        let roles = DatabaseRoles(activeLogin: "app")
        let back = DatabaseRoles(activeLogin: roles.otherLogin)
        #expect(back.otherLogin == "app")
        #expect(back.owner == roles.owner)
    }
}
