--@ revision: api0007
--@ revises: api0006
--@ message: where rollouts began on databases

--@ upgrade
-- The journal's entry of a rollout's first step on a database; backups from before it put back what was there.
CREATE TABLE first_step (
    rollout text NOT NULL,
    uid text NOT NULL,
    incarnation text NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (rollout, uid, incarnation)
);
-- Of what was begun earlier only the first backup is known to be from before.
INSERT INTO first_step SELECT rollout, uid, incarnation, min(seq) + 1 FROM backup GROUP BY rollout, uid, incarnation;

--@ downgrade
DROP TABLE first_step;
