--@ revision: api0003
--@ revises: api0002
--@ message: which revisions each database of a rollout goes through

--@ upgrade
ALTER TABLE rollout_target ADD COLUMN path text[] NOT NULL DEFAULT '{}';
UPDATE rollout_target t SET path = m.path
FROM (SELECT r.id, m.j ->> 'uid' AS uid, ARRAY(SELECT jsonb_array_elements_text(m.j -> 'path')) AS path
      FROM rollout r, jsonb_array_elements(r.plan -> 'waves') AS w(j), jsonb_array_elements(w.j -> 'members') AS m(j)) AS m
WHERE t.rollout = m.id AND t.uid = m.uid;

--@ downgrade
ALTER TABLE rollout_target DROP COLUMN path;
