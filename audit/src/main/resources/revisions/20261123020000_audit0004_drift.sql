--@ revision: audit0004
--@ revises: audit0003
--@ message: the fleet as agents report it, catalogs, drift

--@ upgrade
CREATE TABLE fleet (
    uid text PRIMARY KEY,
    site text NOT NULL,
    server text NOT NULL,
    name text NOT NULL,
    incarnation text,
    seq bigint NOT NULL,
    problem text,
    -- Since when the report says more than the log has.
    ahead_since timestamptz,
    asked_at timestamptz,
    -- When it was last seen as its journal left it.
    fine_at timestamptz
);
CREATE INDEX fleet_ahead ON fleet (ahead_since) WHERE ahead_since IS NOT NULL;
CREATE TABLE catalog (
    fingerprint text PRIMARY KEY,
    content bytea NOT NULL
);
CREATE TABLE finding (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    uid text NOT NULL,
    expected text NOT NULL,
    observed text NOT NULL,
    cohort text NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'gone', 'adopted', 'ignored')),
    -- It was fine then; it happened between that moment and the first sight.
    fine_at timestamptz,
    first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by text,
    reason text
);
CREATE UNIQUE INDEX finding_open ON finding (uid) WHERE state = 'open';
CREATE INDEX finding_cohort ON finding (cohort);
CREATE TABLE drift_rule (
    uid text NOT NULL,
    observed text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('adopted', 'ignored')),
    actor text NOT NULL,
    reason text NOT NULL,
    until timestamptz,
    PRIMARY KEY (uid, observed)
);

--@ downgrade
DROP TABLE drift_rule, finding, catalog, fleet;
