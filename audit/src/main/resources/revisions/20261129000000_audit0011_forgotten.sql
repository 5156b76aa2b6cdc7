--@ revision: audit0011
--@ revises: audit0010
--@ message: databases that are forgotten

--@ upgrade
-- By somebody's decision: nothing is asked or found of it until an agent tells of it again.
ALTER TABLE fleet ADD COLUMN forgotten_at timestamptz;

--@ downgrade
ALTER TABLE fleet DROP COLUMN forgotten_at;
