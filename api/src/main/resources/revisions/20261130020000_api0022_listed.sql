--@ revision: api0022
--@ revises: api0021
--@ message: lists are read page by page

--@ upgrade
CREATE INDEX fleet_database_listed ON fleet_database (name COLLATE "C", site COLLATE "C", uid)
    WHERE forgotten_at IS NULL;
CREATE INDEX rollout_listed ON rollout (created_at DESC, id);
CREATE INDEX rollout_target_listed ON rollout_target (rollout, wave, place);
CREATE INDEX rollout_target_unmoved ON rollout_target (rollout, state, place)
    WHERE state IN ('failed', 'aside');
ANALYZE fleet_database;

--@ downgrade
DROP INDEX rollout_target_unmoved;
DROP INDEX rollout_target_listed;
DROP INDEX rollout_listed;
DROP INDEX fleet_database_listed;
