--@ revision: api0009
--@ revises: api0008
--@ message: databases that two sites report as one

--@ upgrade
-- Where another site has seen the uid, and when last.
ALTER TABLE fleet_database
    ADD COLUMN other_place text,
    ADD COLUMN other_at timestamptz;

--@ downgrade
ALTER TABLE fleet_database DROP COLUMN other_place, DROP COLUMN other_at;
