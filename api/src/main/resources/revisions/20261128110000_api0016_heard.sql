--@ revision: api0016
--@ revises: api0015
--@ message: when what an agent says was said

--@ upgrade
-- By the broker's clock, of the newest heartbeat; null where its topic has none but the writers'.
ALTER TABLE fleet_agent ADD COLUMN said_at timestamptz;
-- Whose answer it is, and whether what follows from it is noted: that waits while nothing is decided.
ALTER TABLE request ADD COLUMN answered_by text, ADD COLUMN noted boolean NOT NULL DEFAULT true;
CREATE INDEX request_unnoted ON request (answered_at) WHERE NOT noted;
CREATE INDEX backup_taken ON backup (taken_at);
CREATE INDEX backup_database ON backup (database);
CREATE INDEX bundle_outbox ON bundle (pushed_at) WHERE NOT published;
CREATE INDEX bundle_prefix ON bundle (digest text_pattern_ops);
CREATE INDEX access_token_account ON access_token (account);

--@ downgrade
DROP INDEX access_token_account, bundle_prefix, bundle_outbox, backup_database, backup_taken;
ALTER TABLE request DROP COLUMN noted, DROP COLUMN answered_by;
ALTER TABLE fleet_agent DROP COLUMN said_at;
