--@ revision: api0014
--@ revises: api0013
--@ message: whether the database is what was published from it

--@ upgrade
-- One row: a database that was restored from a backup says by it that time has passed.
CREATE TABLE continuity (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    -- How often it was compared with what is in the topics.
    compared bigint NOT NULL DEFAULT 0,
    -- Decisions may be taken until then, by this clock.
    good_until timestamptz NOT NULL DEFAULT '-infinity',
    -- None is taken from then on, until somebody has brought topics and database in line.
    stopped_at timestamptz,
    found text
);
INSERT INTO continuity DEFAULT VALUES;
-- Decisions that were published from this database and are not in it.
CREATE TABLE lost_decision (
    stream text NOT NULL,
    version bigint NOT NULL,
    hash bytea NOT NULL,
    prev_hash bytea NOT NULL,
    envelope bytea NOT NULL,
    found_at timestamptz NOT NULL DEFAULT now(),
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'adopted', 'left')),
    PRIMARY KEY (stream, version, hash)
);
CREATE INDEX lost_decision_waiting ON lost_decision (stream, version) WHERE state = 'waiting';
-- Directives that were published and are newer than those of this database.
CREATE TABLE lost_directive (
    uid text PRIMARY KEY,
    site text NOT NULL,
    generation bigint NOT NULL
);

--@ downgrade
DROP TABLE lost_directive, lost_decision, continuity;
