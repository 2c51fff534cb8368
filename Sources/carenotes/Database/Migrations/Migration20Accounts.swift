extension Migration {
    /// Users, their sessions, and what keeps guessers out. Each statement may run again.
    ///
    /// Rows are behind policies that hold for the owner, too: of one organisation, and of the one user who logs in.
    static let accounts = Migration(
        number: 20, name: "accounts",
        sql: """
            CREATE TABLE IF NOT EXISTS carenotes.organisations (
                id uuid PRIMARY KEY,
                created_at timestamptz NOT NULL DEFAULT clock_timestamp()
            );
            ALTER TABLE carenotes.organisations ADD COLUMN IF NOT EXISTS name text;

            CREATE TABLE IF NOT EXISTS carenotes.users (
                id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL REFERENCES carenotes.organisations (id),
                email text NOT NULL UNIQUE CHECK (email = lower(email)),
                role text NOT NULL CHECK (role IN ('admin', 'manager', 'carer', 'read-only')),
                password_hash text NOT NULL,
                created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                password_changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                disabled_at timestamptz
            );
            COMMENT ON COLUMN carenotes.users.password_hash IS 'scrypt, as a PHC string';
            CREATE INDEX IF NOT EXISTS users_by_organisation
                ON carenotes.users (organisation_id, email COLLATE "C");

            CREATE TABLE IF NOT EXISTS carenotes.sessions (
                id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                user_id uuid NOT NULL REFERENCES carenotes.users (id),
                current_digest bytea NOT NULL,
                previous_digest bytea,
                started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                rotated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                expires_at timestamptz NOT NULL,
                ended_at timestamptz,
                ended_because text CHECK (ended_because IN ('logout', 'reuse', 'password', 'disabled'))
            );
            COMMENT ON COLUMN carenotes.sessions.current_digest IS
                'SHA-256 of the id of the one refresh token that is valid; no token can be made from it';
            CREATE INDEX IF NOT EXISTS sessions_by_user ON carenotes.sessions (organisation_id, user_id);

            CREATE TABLE IF NOT EXISTS carenotes.login_attempts (
                key bytea PRIMARY KEY,
                failures integer NOT NULL DEFAULT 0,
                blocked_until timestamptz NOT NULL DEFAULT clock_timestamp(),
                counted_at timestamptz NOT NULL DEFAULT clock_timestamp()
            );
            COMMENT ON COLUMN carenotes.login_attempts.key IS
                'HMAC-SHA-256 of an address, of mail or of a client, whether or not there is such a user';
            CREATE INDEX IF NOT EXISTS login_attempts_by_time ON carenotes.login_attempts (counted_at);

            CREATE TABLE IF NOT EXISTS carenotes.setup_tokens (
                digest bytea PRIMARY KEY,
                organisation_id uuid NOT NULL,
                user_id uuid NOT NULL,
                used_at timestamptz NOT NULL DEFAULT clock_timestamp()
            );

            DO $$
            DECLARE
                name text;
            BEGIN
                FOREACH name IN ARRAY ARRAY['users', 'sessions', 'setup_tokens']
                LOOP
                    EXECUTE format('DROP POLICY IF EXISTS organisation ON carenotes.%I', name);
                    EXECUTE format('CREATE POLICY organisation ON carenotes.%I USING (organisation_id =
                        (SELECT nullif(current_setting(''carenotes.organisation'', true), '''')::uuid))', name);
                    EXECUTE format('ALTER TABLE carenotes.%I ENABLE ROW LEVEL SECURITY,
                        FORCE ROW LEVEL SECURITY', name);
                END LOOP;
            END
            $$;
            DROP POLICY IF EXISTS login ON carenotes.users;
            CREATE POLICY login ON carenotes.users FOR SELECT
                USING (email = (SELECT current_setting('carenotes.login', true)));
            """,
        grants: [
            Grant("UPDATE (name)", on: "carenotes.organisations"),
            Grant(
                "SELECT, INSERT, UPDATE (role, password_hash, password_changed_at, disabled_at)",
                on: "carenotes.users"),
            Grant("SELECT, INSERT, UPDATE, DELETE", on: "carenotes.sessions"),
            Grant("SELECT, INSERT, UPDATE, DELETE", on: "carenotes.login_attempts"),
            Grant("SELECT, INSERT, UPDATE (used_at), DELETE", on: "carenotes.setup_tokens"),
        ])
}
