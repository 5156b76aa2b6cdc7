--@ revision: audit0014
--@ revises: audit0013
--@ message: how far the first part of the log goes

--@ upgrade
-- The log is in parts by its entries' indexes: entry_<first>, body_<first> and facet_<first> of each.
CREATE TABLE entry_part (
    first bigint PRIMARY KEY,
    below bigint NOT NULL UNIQUE
);
-- When the entries of a stretch of the log were made; 65,536 each, the first one's index divided by that.
CREATE TABLE entry_span (
    number bigint PRIMARY KEY,
    -- Null where none of them says when.
    earliest timestamptz,
    latest timestamptz
);
-- Nothing is appended while it is found out how much there is; as with every append, this lock is the first.
LOCK TABLE log_state IN EXCLUSIVE MODE;
-- What there is becomes the first part as it is, with room for what older replicas append meanwhile.
INSERT INTO entry_part SELECT 0, CASE WHEN size = 0 THEN 1 ELSE size / 4194304 + 8 END * 4194304 FROM log_state;
DO $$
DECLARE
    room bigint := (SELECT below FROM entry_part);
    kind text;
BEGIN
    FOREACH kind IN ARRAY ARRAY['facet', 'body', 'entry'] LOOP
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (index >= 0 AND index < %s) NOT VALID',
            kind, kind || '_in_part', room);
    END LOOP;
END $$;

--@ downgrade
ALTER TABLE facet DROP CONSTRAINT facet_in_part;
ALTER TABLE body DROP CONSTRAINT body_in_part;
ALTER TABLE entry DROP CONSTRAINT entry_in_part;
DROP TABLE entry_span, entry_part;
