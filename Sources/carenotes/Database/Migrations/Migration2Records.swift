extension Migration {
    /// Residents, amendments, legal holds and decisions beside the notes, and row-level security on all of them.
    ///
    /// A replica of the step before finds no row any more, since it does not say for which organisation it asks: those
    /// are ended before, or answer with errors until they are.
    static let records = Migration(
        number: 2, name: "records", sql: tables + noteColumns + rowLevelSecurity + destruction,
        grants: [
            Grant("USAGE", on: "SCHEMA carenotes"),
            Grant("SELECT, INSERT", on: "carenotes.organisations"),
            Grant("SELECT, INSERT", on: "carenotes.residents"),
            Grant(
                "UPDATE (details, room, status, care_ended_on, updated_by, updated_at)", on: "carenotes.residents"),
            Grant("SELECT, INSERT", on: "carenotes.note_amendments"),
            Grant("SELECT, INSERT, UPDATE (lifted_by, lifted_at)", on: "carenotes.legal_holds"),
            Grant("SELECT, INSERT", on: "carenotes.appraisal_decisions"),
            Grant("EXECUTE", on: "FUNCTION carenotes.organisation()"),
            Grant("EXECUTE", on: "FUNCTION carenotes.destroy_record(uuid)"),
        ])

    private static let tables = """
        CREATE TABLE IF NOT EXISTS carenotes.organisations (
            id uuid PRIMARY KEY,
            created_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );

        CREATE TABLE carenotes.residents (
            organisation_id uuid NOT NULL REFERENCES carenotes.organisations (id),
            id uuid NOT NULL,
            details bytea,
            room text,
            status text NOT NULL DEFAULT 'current' CHECK (status IN ('current', 'away', 'left', 'died')),
            care_ended_on date,
            created_by uuid,
            created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            updated_by uuid,
            updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            destroyed_at timestamptz,
            PRIMARY KEY (organisation_id, id),
            CHECK ((care_ended_on IS NOT NULL) = (status IN ('left', 'died'))),
            CHECK (destroyed_at IS NULL OR (details IS NULL AND room IS NULL))
        );
        COMMENT ON COLUMN carenotes.residents.details IS
            'sealed JSON; NULL where the resident is known by notes only, or destroyed';
        CREATE INDEX residents_by_time ON carenotes.residents (organisation_id, created_at, id);
        CREATE INDEX residents_by_end ON carenotes.residents (organisation_id, care_ended_on, id)
            WHERE care_ended_on IS NOT NULL AND destroyed_at IS NULL;

        CREATE TABLE carenotes.legal_holds (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            resident_id uuid NOT NULL,
            reason bytea NOT NULL,
            placed_by uuid NOT NULL,
            placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            lifted_by uuid,
            lifted_at timestamptz,
            FOREIGN KEY (organisation_id, resident_id) REFERENCES carenotes.residents (organisation_id, id),
            CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
        );
        CREATE UNIQUE INDEX legal_holds_one_at_a_time
            ON carenotes.legal_holds (organisation_id, resident_id) WHERE lifted_at IS NULL;

        CREATE TABLE carenotes.appraisal_decisions (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            resident_id uuid NOT NULL,
            decision text NOT NULL CHECK (decision IN ('retain', 'destroy')),
            reason bytea NOT NULL,
            retain_until date,
            decided_by uuid NOT NULL,
            decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            FOREIGN KEY (organisation_id, resident_id) REFERENCES carenotes.residents (organisation_id, id),
            CHECK ((retain_until IS NOT NULL) = (decision = 'retain'))
        );
        CREATE INDEX appraisal_decisions_by_resident
            ON carenotes.appraisal_decisions (organisation_id, resident_id, decided_at);

        """

    /// Residents of whom notes were written before there were residents get a row, so that every note has its resident.
    private static let noteColumns = """
        INSERT INTO carenotes.organisations (id) SELECT DISTINCT organisation_id FROM carenotes.notes
            ON CONFLICT DO NOTHING;
        INSERT INTO carenotes.residents (organisation_id, id, created_at, updated_at)
            SELECT organisation_id, resident_id, min(created_at), min(created_at) FROM carenotes.notes
            GROUP BY organisation_id, resident_id;

        ALTER TABLE carenotes.notes
            ALTER COLUMN body DROP NOT NULL,
            ADD COLUMN content bytea,
            ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
            ADD COLUMN destroyed_at timestamptz,
            ADD UNIQUE (organisation_id, id),
            ADD FOREIGN KEY (organisation_id, resident_id) REFERENCES carenotes.residents (organisation_id, id),
            ADD CHECK (num_nonnulls(body, content) = CASE WHEN destroyed_at IS NULL THEN 1 ELSE 0 END);
        COMMENT ON COLUMN carenotes.notes.content IS 'sealed, with the key''s id in it; body is its older form';
        CREATE INDEX notes_by_time ON carenotes.notes (organisation_id, created_at, id);
        CREATE INDEX notes_by_author ON carenotes.notes (organisation_id, author_id, created_at, id);

        CREATE TABLE carenotes.note_amendments (
            id uuid PRIMARY KEY,
            organisation_id uuid NOT NULL,
            note_id uuid NOT NULL,
            author_id uuid NOT NULL,
            body bytea,
            reason bytea,
            created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            destroyed_at timestamptz,
            FOREIGN KEY (organisation_id, note_id) REFERENCES carenotes.notes (organisation_id, id),
            CHECK (num_nonnulls(body, reason) = CASE WHEN destroyed_at IS NULL THEN 2 ELSE 0 END)
        );
        CREATE INDEX note_amendments_by_note
            ON carenotes.note_amendments (organisation_id, note_id, created_at, id);

        ALTER TABLE carenotes.idempotency_keys
            ALTER COLUMN note_id DROP NOT NULL,
            ADD COLUMN record_id uuid,
            ADD COLUMN status smallint,
            ADD COLUMN response bytea;
        COMMENT ON COLUMN carenotes.idempotency_keys.response IS
            'sealed; NULL where note_id, of an older release, says what was answered';
        CREATE INDEX idempotency_keys_by_record ON carenotes.idempotency_keys (organisation_id, record_id);
        CREATE INDEX idempotency_keys_by_use ON carenotes.idempotency_keys (organisation_id, last_used_at);

        """

    /// Without the setting, or with an empty one, no row is seen and none can be written.
    private static let rowLevelSecurity = """
        CREATE FUNCTION carenotes.organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
            $$ SELECT nullif(current_setting('carenotes.organisation', true), '')::uuid $$;
        DO $$
        DECLARE
            name text;
        BEGIN
            FOREACH name IN ARRAY ARRAY['residents', 'notes', 'note_amendments', 'legal_holds',
                'appraisal_decisions', 'idempotency_keys']
            LOOP
                EXECUTE format('CREATE POLICY organisation ON carenotes.%I
                    USING (organisation_id = (SELECT carenotes.organisation()))', name);
                EXECUTE format('ALTER TABLE carenotes.%I ENABLE ROW LEVEL SECURITY,
                    FORCE ROW LEVEL SECURITY', name);
            END LOOP;
        END
        $$;
        CREATE POLICY organisation ON carenotes.organisations USING (id = (SELECT carenotes.organisation()));
        ALTER TABLE carenotes.organisations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

        """

    /// The one way to destroy anything, which the application role cannot go without a decision that stands in the table.
    /// The rows stay, as tombstones; with them go the answers that are kept for repeated requests.
    private static let destruction = """
        CREATE FUNCTION carenotes.destroy_record(decision_id uuid) RETURNS timestamptz
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
        $$
        DECLARE
            made carenotes.appraisal_decisions;
            moment timestamptz := clock_timestamp();
        BEGIN
            SELECT * INTO STRICT made FROM carenotes.appraisal_decisions d
                WHERE d.id = decision_id AND d.decision = 'destroy';
            PERFORM FROM carenotes.residents r
                WHERE r.organisation_id = made.organisation_id AND r.id = made.resident_id
                    AND r.care_ended_on < current_date AND r.destroyed_at IS NULL
                FOR UPDATE;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'the record is not to be destroyed' USING ERRCODE = 'object_not_in_prerequisite_state';
            END IF;
            IF EXISTS (SELECT FROM carenotes.legal_holds h WHERE h.organisation_id = made.organisation_id
                AND h.resident_id = made.resident_id AND h.lifted_at IS NULL)
            THEN
                RAISE EXCEPTION 'the record is under legal hold' USING ERRCODE = 'object_not_in_prerequisite_state';
            END IF;
            DELETE FROM carenotes.idempotency_keys k
                WHERE k.organisation_id = made.organisation_id AND (
                    k.record_id = made.resident_id
                    OR EXISTS (SELECT FROM carenotes.notes n
                        WHERE n.organisation_id = made.organisation_id AND n.resident_id = made.resident_id
                            AND n.id IN (k.record_id, k.note_id))
                    OR EXISTS (SELECT FROM carenotes.note_amendments a
                        JOIN carenotes.notes n ON n.organisation_id = a.organisation_id AND n.id = a.note_id
                        WHERE a.organisation_id = made.organisation_id AND n.resident_id = made.resident_id
                            AND a.id = k.record_id));
            UPDATE carenotes.note_amendments a SET body = NULL, reason = NULL, destroyed_at = moment
                FROM carenotes.notes n
                WHERE a.organisation_id = made.organisation_id AND n.organisation_id = a.organisation_id
                    AND n.id = a.note_id AND n.resident_id = made.resident_id;
            UPDATE carenotes.notes SET body = NULL, content = NULL, tags = '{}', destroyed_at = moment
                WHERE organisation_id = made.organisation_id AND resident_id = made.resident_id;
            UPDATE carenotes.residents SET details = NULL, room = NULL, destroyed_at = moment
                WHERE organisation_id = made.organisation_id AND id = made.resident_id;
            RETURN moment;
        END
        $$;
        REVOKE ALL ON FUNCTION carenotes.destroy_record(uuid) FROM PUBLIC;
        """
}
