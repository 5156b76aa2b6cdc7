--@ revision: api0004
--@ revises: api0003
--@ message: backups, what agents are asked, what is known of ways back

--@ upgrade
-- The newest server, by major version, of which an agent can take backups; 0 for none.
ALTER TABLE fleet_agent ADD COLUMN dumps integer NOT NULL DEFAULT 0;
ALTER TABLE evidence
    ADD COLUMN additive boolean NOT NULL DEFAULT false,
    ADD COLUMN made text[], -- nobody looked, where it is null
    ADD COLUMN up_millis bigint,
    ADD COLUMN down_millis bigint,
    ADD COLUMN found text;
-- Which of its revisions were known to be additive when it was approved.
ALTER TABLE rollout ADD COLUMN additive text[] NOT NULL DEFAULT '{}';
ALTER TABLE rollout_target ADD COLUMN restore text;
-- What a scan saw at exactly seq.
ALTER TABLE fleet_database ADD COLUMN observed text;
CREATE TABLE drift_rule (
    uid text NOT NULL,
    observed text NOT NULL,
    until timestamptz,
    PRIMARY KEY (uid, observed)
);
CREATE TABLE backup (
    uid text NOT NULL,
    sha256 text NOT NULL,
    database text NOT NULL,
    rollout text NOT NULL,
    extent text NOT NULL,
    file text NOT NULL,
    taken_at timestamptz NOT NULL,
    incarnation text NOT NULL,
    seq bigint NOT NULL,
    bytes bigint NOT NULL,
    row_count bigint NOT NULL,
    millis bigint NOT NULL,
    trial text NOT NULL DEFAULT 'none' CHECK (trial IN ('none', 'good', 'bad', 'unknown')),
    trial_says text,
    PRIMARY KEY (uid, sha256)
);
CREATE INDEX backup_rollout ON backup (rollout, uid);
CREATE TABLE request (
    id text PRIMARY KEY,
    site text NOT NULL,
    uid text NOT NULL,
    rollout text NOT NULL,
    kind text NOT NULL,
    payload text NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    published boolean NOT NULL DEFAULT false,
    answered_at timestamptz,
    problem text,
    told text
);
CREATE INDEX request_outbox ON request (asked_at) WHERE NOT published;
CREATE INDEX request_rollout ON request (rollout, kind);

--@ downgrade
DROP TABLE request, backup, drift_rule;
ALTER TABLE fleet_database DROP COLUMN observed;
ALTER TABLE rollout_target DROP COLUMN restore;
ALTER TABLE rollout DROP COLUMN additive;
ALTER TABLE evidence DROP COLUMN additive, DROP COLUMN made, DROP COLUMN up_millis, DROP COLUMN down_millis, DROP COLUMN found;
ALTER TABLE fleet_agent DROP COLUMN dumps;
