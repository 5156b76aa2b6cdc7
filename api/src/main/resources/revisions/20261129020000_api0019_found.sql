--@ revision: api0019
--@ revises: api0018
--@ message: databases and old logins found without reading all of them

--@ upgrade
-- What else was ordered for a database, of whatever state.
CREATE INDEX rollout_target_database ON rollout_target (uid);
CREATE INDEX access_token_expires ON access_token (expires_at);
-- What no agent can have accepted stood in the way of every later directive.
UPDATE fleet_database SET accepted = 0 WHERE accepted > 9007199254740991;
-- When a token was given by the database's clock, whatever that of the api said.
ALTER TABLE access_token ADD COLUMN granted_at timestamptz;
UPDATE access_token SET granted_at = created_at;
ALTER TABLE access_token ALTER granted_at SET DEFAULT now(), ALTER granted_at SET NOT NULL;

--@ downgrade
ALTER TABLE access_token DROP COLUMN granted_at;
DROP INDEX access_token_expires, rollout_target_database;
