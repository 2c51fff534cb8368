extension Migration {
    /// The audit trail: events that were written with the changes they tell of, and lines of the replicas' chains, which tell of
    /// reads.
    ///
    /// It is only added to. The application role may insert and select; the owner has given its own right to change rows away, and
    /// a trigger stands before it all the same. Who wants to remove what is past its time has to be a superuser
    /// (docs/API.md).
    static let audit = Migration(
        number: 30, name: "audit",
        sql: """
            CREATE TABLE carenotes.audit_events (
                id uuid PRIMARY KEY,
                organisation_id uuid NOT NULL,
                occurred_at timestamptz NOT NULL,
                kind text NOT NULL CHECK (kind IN ('read', 'change', 'account', 'chain')),
                action text NOT NULL,
                actor_id uuid,
                resident_id uuid,
                record_id uuid,
                entry bytea NOT NULL,
                chain text,
                sequence bigint CHECK (sequence > 0),
                previous bytea CHECK (length(previous) = 32),
                hash bytea CHECK (length(hash) = 32),
                UNIQUE (chain, sequence),
                CHECK (num_nonnulls(chain, sequence, previous, hash) IN (0, 4))
            );
            COMMENT ON COLUMN carenotes.audit_events.entry IS
                'the event as JSON, byte for byte as it was hashed; the columns before it are for finding it';
            COMMENT ON COLUMN carenotes.audit_events.chain IS
                'the replica''s chain that the event is a line of; NULL for what stands in a change''s own transaction';
            CREATE INDEX audit_events_by_time ON carenotes.audit_events (organisation_id, occurred_at, id);
            CREATE INDEX audit_events_by_resident
                ON carenotes.audit_events (organisation_id, resident_id, occurred_at, id) WHERE resident_id IS NOT NULL;
            CREATE INDEX audit_events_by_actor
                ON carenotes.audit_events (organisation_id, actor_id, occurred_at, id) WHERE actor_id IS NOT NULL;

            CREATE POLICY organisation ON carenotes.audit_events USING (organisation_id =
                (SELECT nullif(current_setting('carenotes.organisation', true), '')::uuid));
            CREATE POLICY verification ON carenotes.audit_events FOR SELECT TO CURRENT_USER
                USING ((SELECT current_setting('carenotes.audit', true)) = 'all');
            ALTER TABLE carenotes.audit_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

            CREATE FUNCTION carenotes.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
            $$
            BEGIN
                RAISE EXCEPTION 'the audit trail takes no change' USING ERRCODE = 'object_not_in_prerequisite_state';
            END
            $$;
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON carenotes.audit_events
                FOR EACH STATEMENT EXECUTE FUNCTION carenotes.refuse_change();
            REVOKE UPDATE, DELETE, TRUNCATE ON carenotes.audit_events FROM CURRENT_USER;
            """,
        grants: [Grant("SELECT, INSERT", on: "carenotes.audit_events")])
}
