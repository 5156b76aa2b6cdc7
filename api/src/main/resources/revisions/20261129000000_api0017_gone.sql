--@ revision: api0017
--@ revises: api0016
--@ message: when databases were there, and which are forgotten

--@ upgrade
-- When somebody told last that it is there; seen_at is when anything was told of it, also that it is gone.
ALTER TABLE fleet_database ADD COLUMN present_at timestamptz NOT NULL DEFAULT now();
UPDATE fleet_database SET present_at = seen_at;
-- By somebody's decision: not shown and not planned until an agent tells of it again.
ALTER TABLE fleet_database ADD COLUMN forgotten_at timestamptz;
ALTER TABLE fleet_agent ADD COLUMN forgotten_at timestamptz;

--@ downgrade
ALTER TABLE fleet_agent DROP COLUMN forgotten_at;
ALTER TABLE fleet_database DROP COLUMN forgotten_at, DROP COLUMN present_at;
