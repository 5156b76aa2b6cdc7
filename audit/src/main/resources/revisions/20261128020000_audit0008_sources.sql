--@ revision: audit0008
--@ revises: audit0007
--@ message: the log tells which histories have a gap or a fork

--@ upgrade
ALTER TABLE source
    -- Since when it is not live; null for what was so before this was kept.
    ADD COLUMN since timestamptz,
    -- The state that the log's own entries tell of it; null where they tell of none.
    ADD COLUMN told text,
    -- How many entries of it were refused; the first of them are in the table anomaly.
    ADD COLUMN refused bigint NOT NULL DEFAULT 0;
CREATE INDEX source_broken ON source (state, id) WHERE state <> 'live';
CREATE INDEX source_told ON source (id) WHERE told IS NOT NULL;
CREATE INDEX source_family ON source (id text_pattern_ops);

--@ downgrade
DROP INDEX source_family, source_told, source_broken;
ALTER TABLE source DROP COLUMN since, DROP COLUMN told, DROP COLUMN refused;
