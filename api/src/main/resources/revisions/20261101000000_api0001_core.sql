--@ revision: api0001
--@ message: streams, rollouts, fleet, registry
--@ created: 2026-11-01T00:00:00Z

--@ upgrade
CREATE TABLE stream_head (
    stream text PRIMARY KEY,
    version bigint NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE event (
    stream text NOT NULL REFERENCES stream_head,
    version bigint NOT NULL,
    type text NOT NULL,
    envelope bytea NOT NULL,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL,
    published boolean NOT NULL DEFAULT false,
    PRIMARY KEY (stream, version)
);
CREATE INDEX event_outbox ON event (at, stream, version) WHERE NOT published;

CREATE TABLE bundle (
    digest text PRIMARY KEY,
    revisions integer NOT NULL,
    heads text[] NOT NULL,
    content bytea NOT NULL,
    pushed_by text NOT NULL,
    pushed_at timestamptz NOT NULL,
    published boolean NOT NULL DEFAULT false
);

CREATE TABLE fleet_database (
    uid text PRIMARY KEY,
    site text NOT NULL,
    server text NOT NULL,
    name text NOT NULL,
    agent text NOT NULL,
    heads text[] NOT NULL,
    incarnation text,
    seq bigint NOT NULL,
    hash text,
    accepted bigint NOT NULL,
    fingerprint text,
    size_bytes bigint NOT NULL,
    server_major integer NOT NULL,
    labels jsonb NOT NULL,
    problem text,
    reported_at timestamptz NOT NULL
);
CREATE INDEX fleet_database_name ON fleet_database (name, site);
CREATE TABLE fleet_agent (
    id text PRIMARY KEY,
    site text NOT NULL,
    started_at timestamptz NOT NULL,
    databases integer NOT NULL,
    running integer NOT NULL,
    seen_at timestamptz NOT NULL
);
CREATE TABLE kafka_position (
    cluster text NOT NULL,
    topic text NOT NULL,
    part integer NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (cluster, topic, part)
);

CREATE TABLE rollout (
    id text PRIMARY KEY,
    status text NOT NULL,
    author text NOT NULL,
    bundle text NOT NULL REFERENCES bundle,
    target text NOT NULL,
    plan_hash text NOT NULL,
    plan jsonb NOT NULL,
    wave integer NOT NULL DEFAULT 0,
    reason text,
    approved_by text,
    approved_at timestamptz,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE TABLE wave_tally (
    rollout text NOT NULL REFERENCES rollout,
    wave integer NOT NULL,
    name text NOT NULL,
    planned integer NOT NULL,
    open integer NOT NULL DEFAULT 0,
    succeeded integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    PRIMARY KEY (rollout, wave),
    CHECK (open >= 0 AND succeeded >= 0 AND failed >= 0 AND open + succeeded + failed <= planned)
);
CREATE TABLE rollout_target (
    rollout text NOT NULL,
    uid text NOT NULL,
    wave integer NOT NULL,
    place integer NOT NULL,
    site text NOT NULL,
    name text NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'open', 'holding', 'succeeded', 'failed')),
    generation bigint,
    signature text,
    message text,
    millis bigint,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (rollout, uid),
    FOREIGN KEY (rollout, wave) REFERENCES wave_tally
);
CREATE INDEX rollout_target_next ON rollout_target (rollout, wave, state, place);
CREATE INDEX rollout_target_uid ON rollout_target (uid) WHERE state IN ('open', 'holding');
CREATE TABLE directive (
    uid text PRIMARY KEY,
    site text NOT NULL,
    rollout text NOT NULL,
    generation bigint NOT NULL,
    payload text,
    attempt integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now(),
    published boolean NOT NULL DEFAULT false
);
CREATE INDEX directive_outbox ON directive (due_at) WHERE NOT published;
CREATE INDEX directive_open ON directive (due_at) WHERE published AND payload IS NOT NULL;
CREATE TABLE deadline (
    rollout text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (rollout, at)
);
CREATE INDEX deadline_due ON deadline (at);

CREATE TABLE account (
    name text PRIMARY KEY,
    password_hash text NOT NULL,
    roles text[] NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE TABLE access_token (
    hash text PRIMARY KEY,
    account text NOT NULL REFERENCES account,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked boolean NOT NULL DEFAULT false
);

--@ downgrade
DROP TABLE access_token, account, deadline, directive, rollout_target, wave_tally, rollout, kafka_position, fleet_agent, fleet_database, bundle, event, stream_head;
