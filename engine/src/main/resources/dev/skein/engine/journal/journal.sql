CREATE SCHEMA IF NOT EXISTS skein;
CREATE TABLE skein.state (
    target text PRIMARY KEY,
    uid text NOT NULL,
    incarnation text NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    epoch bigint NOT NULL DEFAULT 0,
    accepted bigint NOT NULL DEFAULT 0,
    fingerprint text,
    system_identifier text NOT NULL,
    database_oid bigint NOT NULL,
    place text NOT NULL,
    holder_pid integer,
    holder_start timestamptz
);
CREATE TABLE skein.head (
    target text NOT NULL,
    revision text NOT NULL,
    PRIMARY KEY (target, revision)
);
CREATE TABLE skein.entry (
    target text NOT NULL,
    seq bigint NOT NULL,
    incarnation text NOT NULL,
    envelope bytea NOT NULL,
    salt bytea NOT NULL,
    body bytea,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    detail text,
    at timestamptz NOT NULL,
    PRIMARY KEY (target, seq)
);
CREATE TABLE skein.relay (
    target text PRIMARY KEY,
    published bigint NOT NULL
);
COMMENT ON SCHEMA skein IS 'Migration history kept by Skein. Do not edit.';
