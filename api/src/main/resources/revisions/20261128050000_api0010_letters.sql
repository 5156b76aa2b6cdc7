--@ revision: api0010
--@ revises: api0009
--@ message: records that cannot be taken; topics that changed

--@ upgrade
-- Records that could not be taken; the same bytes of a topic are one.
CREATE TABLE dead_letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    part integer NOT NULL,
    at_offset bigint NOT NULL,
    key bytea NOT NULL,
    value bytea NOT NULL,
    digest bytea NOT NULL,
    -- As Kafka says it, in milliseconds since 1970: any number.
    produced_at bigint NOT NULL,
    reason text NOT NULL,
    times bigint NOT NULL DEFAULT 1,
    first_at timestamptz NOT NULL DEFAULT now(),
    last_at timestamptz NOT NULL DEFAULT now(),
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'replayed', 'dropped')),
    settled_by text,
    settled_at timestamptz,
    UNIQUE (topic, digest)
);
CREATE INDEX dead_letter_waiting ON dead_letter (id) WHERE state = 'waiting';
-- The topic's id in Kafka; null for what was read before it was kept.
ALTER TABLE kafka_position ADD COLUMN topic_id text;
-- What happened to topics behind their readers' backs.
CREATE TABLE topic_notice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster text NOT NULL,
    topic text NOT NULL,
    part integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('RECREATED', 'TRUNCATED', 'EXPIRED', 'OTHER_CLUSTER')),
    -- Up to where it was read, and where the topic begins now.
    next_offset bigint NOT NULL,
    begins bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    settled_by text,
    settled_at timestamptz
);
CREATE INDEX topic_notice_open ON topic_notice (id) WHERE settled_at IS NULL;

--@ downgrade
DROP TABLE topic_notice, dead_letter;
ALTER TABLE kafka_position DROP COLUMN topic_id;
