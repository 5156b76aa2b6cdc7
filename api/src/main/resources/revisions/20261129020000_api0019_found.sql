--@ revision: api0019
--@ revises: api0016
--@ message: databases and old logins found without reading all of them

--@ upgrade
-- What else was ordered for a database, of whatever state.
CREATE INDEX rollout_target_database ON rollout_target (uid);
CREATE INDEX access_token_expires ON access_token (expires_at);
-- What no agent can have accepted stood in the way of every later directive.
UPDATE fleet_database SET accepted = 0 WHERE accepted > 9007199254740991;

--@ downgrade
DROP INDEX access_token_expires, rollout_target_database;
