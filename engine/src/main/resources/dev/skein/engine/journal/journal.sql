CREATE SCHEMA IF NOT EXISTS skein;
CREATE TABLE IF NOT EXISTS skein.state (
    target name PRIMARY KEY,
    uid text NOT NULL,
    incarnation text NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    heads text[] NOT NULL,
    epoch bigint NOT NULL,
    accepted bigint NOT NULL,
    fingerprint text,
    system_identifier text NOT NULL,
    database_oid bigint NOT NULL,
    place text NOT NULL,
    site text,
    holder_pid integer,
    holder_start timestamptz,
    holder_generation bigint,
    catalog text,
    schema_oid bigint
);
CREATE TABLE IF NOT EXISTS skein.entry (
    target name NOT NULL,
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
CREATE TABLE IF NOT EXISTS skein.relay (
    target name PRIMARY KEY,
    published bigint NOT NULL
);
COMMENT ON SCHEMA skein IS 'Migration history kept by Skein. Do not edit.';
