--@ revision: audit0001
--@ message: append-only log, sources, positions
--@ created: 2026-11-01T00:00:00Z

--@ upgrade
CREATE TABLE log_state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    size bigint NOT NULL,
    frontier bytea NOT NULL,
    root bytea NOT NULL
);
INSERT INTO log_state VALUES (true, 0, '', sha256(''));
CREATE TABLE source (
    id text PRIMARY KEY,
    next_seq bigint NOT NULL,
    last_hash bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('live', 'gap', 'fork'))
);
CREATE TABLE entry (
    index bigint PRIMARY KEY,
    source text NOT NULL,
    seq bigint NOT NULL,
    envelope bytea NOT NULL,
    hash bytea NOT NULL,
    leaf bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (source, seq)
);
CREATE TABLE body (
    index bigint PRIMARY KEY REFERENCES entry,
    salt bytea NOT NULL,
    body bytea
);
CREATE TABLE parked (
    source text NOT NULL,
    seq bigint NOT NULL,
    record bytea NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, seq)
);
CREATE TABLE anomaly (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    detail text NOT NULL,
    record bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE kafka_position (
    cluster text NOT NULL,
    topic text NOT NULL,
    part integer NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (cluster, topic, part)
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'SK030';
END $$;
CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER anomaly_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON anomaly FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

--@ downgrade: irreversible "it would delete the history"
