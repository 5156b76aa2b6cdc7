--@ revision: api0030
--@ revises: api0024
--@ message: records that agents could not take

--@ upgrade
ALTER TABLE fleet_agent
    -- How many since its process began, as it tells.
    ADD COLUMN refused bigint NOT NULL DEFAULT 0,
    -- Which was the last one, and why; null where there is none.
    ADD COLUMN refused_last text;

--@ downgrade
ALTER TABLE fleet_agent DROP COLUMN refused, DROP COLUMN refused_last;
