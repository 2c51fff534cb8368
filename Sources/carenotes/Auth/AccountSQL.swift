/// The statements on users. Each one names the organisation, but those that ask by an address of mail: it is how somebody who
/// logs in says who he is, and no two users of any organisation have the same.
enum AccountSQL {
    static let findLogin = Statement(
        name: "find-login",
        text: "SELECT \(User.columns), password_hash FROM carenotes.users WHERE email = $1")

    static let find = Statement(
        name: "find-user",
        text: "SELECT \(User.columns), password_hash FROM carenotes.users WHERE organisation_id = $1 AND id = $2")

    /// Gives nothing where the id or the address stands already.
    static let create = Statement(
        name: "create-user",
        text: """
            INSERT INTO carenotes.users (id, organisation_id, email, role, password_hash)
            VALUES ($2, $1, $3, $4, $5) ON CONFLICT DO NOTHING
            """)

    /// The row of a user that stands already, written again: so the second answer, too, is given only when a standby has it.
    static let touch = Statement(
        name: "touch-user",
        text: """
            UPDATE carenotes.users SET role = role WHERE organisation_id = $1 AND id = $2
            RETURNING \(User.columns), password_hash
            """)

    static let list = Statement(
        name: "list-users",
        text: """
            SELECT \(User.columns) FROM carenotes.users
            WHERE organisation_id = $1 AND email COLLATE "C" > $2 COLLATE "C"
            ORDER BY email COLLATE "C" LIMIT $3
            """)

    static let rehash = Statement(
        name: "rehash-password",
        text: """
            UPDATE carenotes.users SET password_hash = $4
            WHERE organisation_id = $1 AND id = $2 AND password_hash = $3 AND disabled_at IS NULL
            """)

    static let changePassword = Statement(
        name: "change-password",
        text: """
            UPDATE carenotes.users SET password_hash = $3, password_changed_at = clock_timestamp()
            WHERE organisation_id = $1 AND id = $2
            """)

    /// Changes of one organisation's administrators happen one after the other.
    static let lockOrganisation = Statement(
        name: "lock-organisation",
        text: "SELECT id::text FROM carenotes.organisations WHERE id = $1 FOR NO KEY UPDATE")

    /// $3 a role or '' for none, $4 'true', 'false' or ''. Leaves the last admin who can log in as he is.
    static let change = Statement(
        name: "change-user",
        text: """
            UPDATE carenotes.users AS changed
            SET role = coalesce(nullif($3, ''), changed.role),
                disabled_at = CASE $4 WHEN 'true' THEN coalesce(changed.disabled_at, clock_timestamp())
                    WHEN 'false' THEN NULL ELSE changed.disabled_at END
            WHERE changed.organisation_id = $1 AND changed.id = $2
                AND (changed.role <> 'admin' OR changed.disabled_at IS NOT NULL
                    OR (coalesce(nullif($3, ''), 'admin') = 'admin' AND $4 <> 'true')
                    OR EXISTS (
                        SELECT FROM carenotes.users AS other
                        WHERE other.organisation_id = $1 AND other.id <> $2 AND other.role = 'admin'
                            AND other.disabled_at IS NULL))
            RETURNING changed.id::text
            """)

    static let isActiveAdmin = Statement(
        name: "is-active-admin",
        text: """
            SELECT id::text FROM carenotes.users
            WHERE organisation_id = $1 AND id = $2 AND role = 'admin' AND disabled_at IS NULL
            """)

    static let createOrganisation = Statement(
        name: "create-organisation",
        text: """
            INSERT INTO carenotes.organisations AS known (id, name) VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name
            WHERE NOT EXISTS (SELECT FROM carenotes.users WHERE organisation_id = known.id)
            """)

    /// Gives a token back that made no user.
    static let unburn = Statement(
        name: "unburn-setup-token",
        text: "DELETE FROM carenotes.setup_tokens WHERE organisation_id = $1 AND digest = $2 AND user_id = $3")

    /// Uses up a setup token; gives whose it is now, and whether that happened within the last minute.
    static let burn = Statement(
        name: "burn-setup-token",
        text: """
            INSERT INTO carenotes.setup_tokens AS known (organisation_id, digest, user_id) VALUES ($1, $2, $3)
            ON CONFLICT (digest) DO UPDATE SET used_at = known.used_at
            RETURNING user_id::text, (used_at > clock_timestamp() - interval '60 seconds')::text
            """)
}
