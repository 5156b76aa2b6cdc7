--@ revision: audit0020
--@ revises: audit0017
--@ message: histories that go on by somebody's decision

--@ upgrade
-- Numbers below it somebody has decided about; 0 where nobody decided anything.
ALTER TABLE source ADD COLUMN settled bigint NOT NULL DEFAULT 0,
    -- From this number on there were others, which it goes on without.
    ADD COLUMN disputed bigint NOT NULL DEFAULT 0;

--@ downgrade
ALTER TABLE source DROP COLUMN settled, DROP COLUMN disputed;
