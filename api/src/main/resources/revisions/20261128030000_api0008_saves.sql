--@ revision: api0008
--@ revises: api0007
--@ message: of which servers agents can take backups

--@ upgrade
-- By major version; null from an agent that tells only the newest, in dumps.
ALTER TABLE fleet_agent ADD COLUMN saves integer[];

--@ downgrade
ALTER TABLE fleet_agent DROP COLUMN saves;
