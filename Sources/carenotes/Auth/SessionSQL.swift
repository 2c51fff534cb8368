/// The statements on sessions. Each one names the organisation.
extension SessionStore {
    private static let times = """
        floor(extract(epoch FROM session.rotated_at))::bigint::text,
        floor(extract(epoch FROM session.expires_at))::bigint::text
        """

    static let start = Statement(
        name: "start-session",
        text: """
            WITH owner AS (
                SELECT id, role FROM carenotes.users
                WHERE organisation_id = $1 AND id = $2 AND password_hash = $3 AND disabled_at IS NULL
                FOR SHARE
            )
            INSERT INTO carenotes.sessions AS session (id, organisation_id, user_id, current_digest, expires_at)
            SELECT $4, $1, owner.id, $5, clock_timestamp() + make_interval(secs => $6::float8) FROM owner
            ON CONFLICT (id) DO UPDATE SET last_used_at = clock_timestamp()
            RETURNING \(times), (SELECT role FROM owner)
            """)

    /// One of several requests with the same token does it; the others wait for its commit and find nothing to do.
    static let rotate = Statement(
        name: "rotate-session",
        text: """
            UPDATE carenotes.sessions AS session
            SET previous_digest = session.current_digest, current_digest = $4,
                rotated_at = clock_timestamp(), last_used_at = clock_timestamp()
            FROM carenotes.users AS owner
            WHERE session.organisation_id = $1 AND session.id = $2 AND session.current_digest = $3
                AND session.ended_at IS NULL AND session.expires_at > clock_timestamp()
                AND owner.organisation_id = $1 AND owner.id = session.user_id AND owner.disabled_at IS NULL
            RETURNING \(times), owner.role
            """)

    /// It writes, so that this answer, too, is given only when a standby has what it rests on.
    static let replay = Statement(
        name: "replay-session",
        text: """
            UPDATE carenotes.sessions AS session SET last_used_at = clock_timestamp()
            FROM carenotes.users AS owner
            WHERE session.organisation_id = $1 AND session.id = $2 AND session.previous_digest = $3
                AND session.rotated_at > clock_timestamp() - make_interval(secs => $4::float8)
                AND session.ended_at IS NULL AND session.expires_at > clock_timestamp()
                AND owner.organisation_id = $1 AND owner.id = session.user_id AND owner.disabled_at IS NULL
            RETURNING \(times), owner.role
            """)

    static let end = Statement(
        name: "end-session",
        text: """
            UPDATE carenotes.sessions SET ended_at = clock_timestamp(), ended_because = $3
            WHERE organisation_id = $1 AND id = $2 AND ended_at IS NULL RETURNING id::text
            """)

    static let endEach = Statement(
        name: "end-sessions",
        text: """
            UPDATE carenotes.sessions SET ended_at = clock_timestamp(), ended_because = $3
            WHERE organisation_id = $1 AND user_id = $2 AND ended_at IS NULL
            """)

    /// What can never be refreshed again and is of no interest any more.
    static let forget = Statement(
        name: "forget-sessions",
        text: """
            DELETE FROM carenotes.sessions
            WHERE organisation_id = $1 AND user_id = $2 AND expires_at < clock_timestamp() - interval '7 days'
            """)
}
