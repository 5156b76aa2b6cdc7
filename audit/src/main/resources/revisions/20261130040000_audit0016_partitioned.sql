--@ revision: audit0016
--@ revises: audit0015
--@ message: the log in parts

--@ upgrade
LOCK TABLE log_state IN EXCLUSIVE MODE;
LOCK TABLE facet, body, entry IN ACCESS EXCLUSIVE MODE;
-- Found by the spans of the log, which need no entry in an index for each of its own.
DROP INDEX facet_at;
ALTER TABLE entry RENAME TO entry_0;
ALTER TABLE body RENAME TO body_0;
ALTER TABLE facet RENAME TO facet_0;
ALTER INDEX entry_pkey RENAME TO entry_0_pkey;
ALTER INDEX entry_source_seq_key RENAME TO entry_0_source_seq_key;
ALTER INDEX body_pkey RENAME TO body_0_pkey;
ALTER INDEX facet_pkey RENAME TO facet_0_pkey;
ALTER INDEX facet_uid RENAME TO facet_0_uid_index_idx;
ALTER INDEX facet_rollout RENAME TO facet_0_rollout_index_idx;
ALTER INDEX facet_revision RENAME TO facet_0_revision_index_idx;
ALTER INDEX facet_actor RENAME TO facet_0_actor_index_idx;
ALTER INDEX facet_kind RENAME TO facet_0_kind_index_idx;
-- That a source's number stands once is a matter of each part, and of the row of the source, which every append locks.
CREATE TABLE entry (LIKE entry_0 INCLUDING DEFAULTS, PRIMARY KEY (index)) PARTITION BY RANGE (index);
CREATE TABLE body (LIKE body_0 INCLUDING DEFAULTS, PRIMARY KEY (index)) PARTITION BY RANGE (index);
CREATE TABLE facet (LIKE facet_0 INCLUDING DEFAULTS, PRIMARY KEY (index)) PARTITION BY RANGE (index);
CREATE INDEX facet_uid ON facet (uid, index);
CREATE INDEX facet_rollout ON facet (rollout, index);
CREATE INDEX facet_revision ON facet (revision, index);
CREATE INDEX facet_actor ON facet (actor, index);
CREATE INDEX facet_kind ON facet (kind, index);
CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER body_is_kept BEFORE DELETE OR TRUNCATE ON body FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER facet_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON facet FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- The tables have the rights that they had: older replicas go on.
DO $$
DECLARE
    room bigint := (SELECT below FROM entry_part);
    kind text;
    held record;
BEGIN
    FOREACH kind IN ARRAY ARRAY['entry', 'body', 'facet'] LOOP
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (0) TO (%s)', kind, kind || '_0', room);
        EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', kind || '_0', kind || '_in_part');
        FOR held IN
            SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS who, a.privilege_type AS what
            FROM pg_class c, aclexplode(c.relacl) a
            WHERE c.oid = (kind || '_0')::regclass AND a.grantee <> c.relowner
        LOOP
            EXECUTE format('GRANT %s ON %I TO %s', held.what, kind, held.who);
        END LOOP;
    END LOOP;
END $$;
-- Makes the next part of so many entries, in the owner's name: who serves may add parts and owns none.
CREATE FUNCTION make_entry_part(entries bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    first bigint;
    kind text;
    part text;
BEGIN
    IF entries < 256 OR entries % 256 <> 0 OR entries > 4194304 THEN
        RAISE EXCEPTION 'a part of % entries is refused: it is not some tiles of 256, at most 16384', entries;
    END IF;
    LOCK TABLE entry_part IN SHARE ROW EXCLUSIVE MODE;
    SELECT max(p.below) INTO first FROM entry_part p;
    IF first - (SELECT size FROM log_state) > 16 * entries THEN
        RETURN first; -- there is room
    END IF;
    FOREACH kind IN ARRAY ARRAY['entry', 'body', 'facet'] LOOP
        part := kind || '_' || first;
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING INDEXES)', part, kind);
        EXECUTE format('CREATE TRIGGER %I BEFORE %s ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            kind || CASE kind WHEN 'entry' THEN '_is_final' ELSE '_is_kept' END,
            CASE kind WHEN 'body' THEN 'DELETE OR TRUNCATE' ELSE 'UPDATE OR DELETE OR TRUNCATE' END, part);
        IF kind = 'entry' THEN
            EXECUTE format('ALTER TABLE %I ADD UNIQUE (source, seq)', part);
        END IF;
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', kind, part, first, first + entries);
    END LOOP;
    INSERT INTO entry_part VALUES (first, first + entries);
    RETURN first + entries;
END $$;
-- It sees the tables here and no others, whatever who calls it has made.
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION make_entry_part(bigint) SET search_path = %I, pg_temp', current_schema());
END $$;
REVOKE ALL ON FUNCTION make_entry_part(bigint) FROM PUBLIC;

--@ downgrade: irreversible "the log may be in more than one part"
