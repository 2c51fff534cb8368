extension Migration {
    static let notes = Migration(
        number: 1, name: "notes",
        sql: """
            CREATE TABLE carenotes.notes (
                id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                resident_id uuid NOT NULL,
                author_id uuid NOT NULL,
                body bytea NOT NULL,
                key_id text NOT NULL CHECK (key_id ~ '^[0-9a-f]{16}$'),
                created_at timestamptz NOT NULL DEFAULT clock_timestamp()
            );
            COMMENT ON COLUMN carenotes.notes.body IS
                'AES-256-GCM: nonce, ciphertext, tag; bound to the ids of its row';
            CREATE INDEX notes_by_resident
                ON carenotes.notes (organisation_id, resident_id, created_at, id);

            CREATE TABLE carenotes.idempotency_keys (
                organisation_id uuid NOT NULL,
                author_id uuid NOT NULL,
                key text NOT NULL,
                request_hash bytea NOT NULL,
                note_id uuid NOT NULL UNIQUE REFERENCES carenotes.notes (id) ON DELETE CASCADE,
                created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                PRIMARY KEY (organisation_id, author_id, key)
            );
            """,
        grants: [
            Grant("SELECT, INSERT", on: "carenotes.notes"),
            Grant("SELECT, INSERT, UPDATE, DELETE", on: "carenotes.idempotency_keys"),
        ])
}
