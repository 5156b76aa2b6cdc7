--@ revision: api0013
--@ revises: api0012
--@ message: from where a database is restored, as it was approved

--@ upgrade
-- Null for one that walks its path, and in plans from before this revision.
ALTER TABLE rollout_target ADD COLUMN heads text[];

--@ downgrade
ALTER TABLE rollout_target DROP COLUMN heads;
