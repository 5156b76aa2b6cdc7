--@ revision: api0018
--@ revises: api0017
--@ message: agents of one id

--@ upgrade
-- When the process began that told of the agent before the present one; null while there was one alone.
ALTER TABLE fleet_agent ADD COLUMN before_at timestamptz;
-- When an earlier process told of the agent once more after a later one: two are of one id.
ALTER TABLE fleet_agent ADD COLUMN doubled_at timestamptz;

--@ downgrade
ALTER TABLE fleet_agent DROP COLUMN doubled_at, DROP COLUMN before_at;
