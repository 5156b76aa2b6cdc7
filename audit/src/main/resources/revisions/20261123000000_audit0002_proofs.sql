--@ revision: audit0002
--@ revises: audit0001
--@ message: tiles, checkpoints, and what entries are searched by

--@ upgrade
-- 256 hashes of one level of the tree, 32 bytes each, and the hash over all of them.
CREATE TABLE tile (
    level integer NOT NULL,
    index bigint NOT NULL,
    hashes bytea NOT NULL,
    root bytea NOT NULL,
    PRIMARY KEY (level, index)
);
CREATE TABLE checkpoint (
    size bigint PRIMARY KEY,
    root bytea NOT NULL,
    note text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
-- Read from the envelopes, which count; this only finds them.
CREATE TABLE facet (
    index bigint PRIMARY KEY REFERENCES entry,
    kind text NOT NULL,
    uid text,
    rollout text,
    revision text,
    actor text,
    at timestamptz
);
CREATE INDEX facet_uid ON facet (uid, index);
CREATE INDEX facet_rollout ON facet (rollout, index);
CREATE INDEX facet_revision ON facet (revision, index);
CREATE INDEX facet_actor ON facet (actor, index);
CREATE INDEX facet_kind ON facet (kind, index);
CREATE INDEX facet_at ON facet (at);
CREATE TRIGGER tile_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON tile FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoint_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER body_is_kept BEFORE DELETE OR TRUNCATE ON body FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER facet_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON facet FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

--@ downgrade: irreversible "checkpoints that were given out could not be kept to"
