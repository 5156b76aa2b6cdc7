--@ revision: audit0010
--@ revises: audit0009
--@ message: what is read again is old, and one replica at a time looks at old entries

--@ upgrade
-- How far the look at old entries came, whichever replica does it.
CREATE TABLE self_check (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    next_index bigint NOT NULL DEFAULT 0,
    looked_at timestamptz NOT NULL DEFAULT 'epoch'
);
INSERT INTO self_check DEFAULT VALUES;
-- Entries that are not what they were.
CREATE TABLE spoilt_entry (index bigint PRIMARY KEY);
-- By the broker's clock, of the newest report; null where its topic has none but the writers'.
ALTER TABLE fleet ADD COLUMN said_at timestamptz;

--@ downgrade
ALTER TABLE fleet DROP COLUMN said_at;
DROP TABLE spoilt_entry, self_check;
