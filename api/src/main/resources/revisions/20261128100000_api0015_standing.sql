--@ revision: api0015
--@ revises: api0014
--@ message: why a rollout stands, and since when

--@ upgrade
-- What each agent says that it is at, and whose databases it looks after; null from older ones.
ALTER TABLE fleet_agent ADD COLUMN attempts jsonb, ADD COLUMN servers text[];
-- When a database of the wave was begun, ended or given up last.
ALTER TABLE wave_tally ADD COLUMN moved_at timestamptz NOT NULL DEFAULT now();

CREATE VIEW rollout_attempt AS
    SELECT t.rollout, t.uid, t.site, t.name, a.tries, a.troubled, a.doing,
        a.seconds + extract(epoch FROM now() - g.seen_at)::bigint AS seconds
    FROM fleet_agent g
    CROSS JOIN LATERAL jsonb_to_recordset(g.attempts)
        AS a(uid text, generation bigint, tries integer, seconds bigint, troubled boolean, doing text)
    JOIN rollout_target t ON t.uid = a.uid AND t.generation = a.generation AND t.state IN ('open', 'holding')
    WHERE g.seen_at > now() - interval '15 seconds';

-- Rollouts with open work, and since when nothing moved there; the reason is that of most databases.
CREATE VIEW rollout_quiet AS
    SELECT m.rollout, m.since, extract(epoch FROM now() - m.since)::bigint AS seconds, coalesce(
        (SELECT a.doing FROM rollout_attempt a WHERE a.rollout = m.rollout
            GROUP BY a.doing, a.troubled ORDER BY a.troubled DESC, count(*) DESC, a.doing LIMIT 1),
        'no agent has taken up what is open') AS reason
    FROM (SELECT w.rollout, max(w.moved_at) AS since FROM rollout r JOIN wave_tally w ON w.rollout = r.id
        WHERE r.status = 'running' GROUP BY w.rollout HAVING sum(w.open) > 0) m;

--@ downgrade
DROP VIEW rollout_quiet;
DROP VIEW rollout_attempt;
ALTER TABLE wave_tally DROP COLUMN moved_at;
ALTER TABLE fleet_agent DROP COLUMN servers, DROP COLUMN attempts;
