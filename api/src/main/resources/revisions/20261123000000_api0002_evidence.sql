--@ revision: api0002
--@ revises: api0001
--@ message: what rehearsals showed

--@ upgrade
CREATE TABLE evidence (
    checksum text PRIMARY KEY,
    postgres integer NOT NULL,
    grade text NOT NULL,
    given_by text NOT NULL,
    given_at timestamptz NOT NULL
);

--@ downgrade
DROP TABLE evidence;
