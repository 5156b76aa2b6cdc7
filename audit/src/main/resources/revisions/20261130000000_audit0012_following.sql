--@ revision: audit0012
--@ revises: audit0011
--@ message: decisions from which something is still to follow

--@ upgrade
-- Decisions in the log whose effect is still to come; those about the same follow in the log's order.
CREATE TABLE decision_due (
    position bigint GENERATED ALWAYS AS IDENTITY,
    about text NOT NULL,
    source text NOT NULL,
    seq bigint NOT NULL,
    record bytea NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    -- How often it could not follow, why not the last time, and when it is tried again.
    tries bigint NOT NULL DEFAULT 0,
    reason text,
    due_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, seq)
);
CREATE INDEX decision_due_next ON decision_due (tries, due_at);
CREATE INDEX decision_due_about ON decision_due (about, position);

--@ downgrade
DROP TABLE decision_due;
