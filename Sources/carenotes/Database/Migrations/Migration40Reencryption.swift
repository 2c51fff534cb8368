extension Migration {
    /// Lets `carenotes reencrypt` find every organisation, and holds what was written to what it is: rows of records take the same
    /// contents under another key, or their destruction, and nothing else.
    ///
    /// Re-encryption acts as the owner, as migrations do. The application role gets no right that it had not: it still cannot
    /// change a note.
    static let reencryption = Migration(
        number: 40, name: "reencryption", sql: organisationsForOwner + rewriting)

    /// For the owner alone, and only while it says that it re-encrypts: ids and names, no record.
    private static let organisationsForOwner = """
        CREATE POLICY reencryption ON carenotes.organisations FOR SELECT TO CURRENT_USER
            USING ((SELECT current_setting('carenotes.reencryption', true)) = 'on');

        """

    /// Bytes 2 to 9 of a sealed value are the id of its key. `body` of a note is the form that has the id beside it.
    private static let rewriting = """
        CREATE FUNCTION carenotes.refuse_rewriting() RETURNS trigger
            LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
        $$
        DECLARE
            before jsonb := to_jsonb(OLD);
            after jsonb := to_jsonb(NEW);
            sealed text[] := TG_ARGV[0]::text[];
            others text[] := TG_ARGV[1]::text[];
            name text;
        BEGIN
            IF before - sealed - others IS DISTINCT FROM after - sealed - others THEN
                RAISE EXCEPTION '% is written once', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
            END IF;
            IF before ? 'destroyed_at' AND before -> 'destroyed_at' <> 'null' AND before <> after THEN
                RAISE EXCEPTION 'it was destroyed' USING ERRCODE = 'insufficient_privilege';
            END IF;
            IF after ? 'destroyed_at' AND after -> 'destroyed_at' <> 'null' THEN
                RETURN NEW;
            END IF;
            IF before ? 'tags' AND before -> 'tags' <> after -> 'tags' THEN
                RAISE EXCEPTION '% is written once', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
            END IF;
            FOREACH name IN ARRAY sealed LOOP
                -- '\\x', the form's two digits, and the sixteen of the key's id.
                IF before -> name <> after -> name
                    AND substr(before ->> name, 5, 16) = substr(after ->> name, 5, 16)
                THEN
                    RAISE EXCEPTION '% is written once', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
                END IF;
            END LOOP;
            RETURN NEW;
        END
        $$;
        REVOKE ALL ON FUNCTION carenotes.refuse_rewriting() FROM PUBLIC;

        CREATE TRIGGER written_once BEFORE UPDATE ON carenotes.notes FOR EACH ROW
            EXECUTE FUNCTION carenotes.refuse_rewriting('{content}', '{body,key_id,tags,destroyed_at}');
        CREATE TRIGGER written_once BEFORE UPDATE ON carenotes.note_amendments FOR EACH ROW
            EXECUTE FUNCTION carenotes.refuse_rewriting('{body,reason}', '{destroyed_at}');
        CREATE TRIGGER written_once BEFORE UPDATE ON carenotes.appraisal_decisions FOR EACH ROW
            EXECUTE FUNCTION carenotes.refuse_rewriting('{reason}', '{}');
        CREATE TRIGGER written_once BEFORE UPDATE ON carenotes.legal_holds FOR EACH ROW
            EXECUTE FUNCTION carenotes.refuse_rewriting('{reason}', '{lifted_by,lifted_at}');
        """
}
