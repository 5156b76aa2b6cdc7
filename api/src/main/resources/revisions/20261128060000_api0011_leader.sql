--@ revision: api0011
--@ revises: api0010
--@ message: who leads, and until when

--@ upgrade
-- One row for each thing that one process at a time does; it leads until then, by this clock.
CREATE TABLE leader (
    name text PRIMARY KEY,
    holder text NOT NULL,
    -- How often it changed hands.
    term bigint NOT NULL,
    until timestamptz NOT NULL
);

--@ downgrade
DROP TABLE leader;
