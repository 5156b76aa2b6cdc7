--@ revision: audit0006
--@ revises: audit0005
--@ message: findings open and end in the log; drift that a run accepts is not gone

--@ upgrade
ALTER TABLE finding DROP CONSTRAINT finding_state_check,
    ADD CONSTRAINT finding_state_check CHECK (state IN ('open', 'gone', 'accepted', 'adopted', 'ignored')),
    -- The entry that it was found behind; null for what was found before this was kept.
    ADD COLUMN incarnation text,
    ADD COLUMN seq bigint,
    -- It is over, seen behind an entry that the log does not have yet: that one may say why.
    ADD COLUMN over_incarnation text,
    ADD COLUMN over_seq bigint,
    ADD COLUMN over_at timestamptz;
-- What is to be appended to the log, in the order in which it happened.
CREATE TABLE finding_news (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    uid text NOT NULL,
    type text NOT NULL,
    payload text NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL
);

--@ downgrade
DROP TABLE finding_news;
UPDATE finding SET state = 'gone' WHERE state = 'accepted';
ALTER TABLE finding DROP CONSTRAINT finding_state_check,
    ADD CONSTRAINT finding_state_check CHECK (state IN ('open', 'gone', 'adopted', 'ignored')),
    DROP COLUMN incarnation, DROP COLUMN seq, DROP COLUMN over_incarnation, DROP COLUMN over_seq, DROP COLUMN over_at;
