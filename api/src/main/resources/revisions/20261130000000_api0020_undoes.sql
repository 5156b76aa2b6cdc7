--@ revision: api0020
--@ revises: api0019
--@ message: which rollout a rollback takes back

--@ upgrade
-- It was told by the words of the target before.
ALTER TABLE rollout ADD COLUMN undoes text;
UPDATE rollout SET undoes = substr(target, length('before ') + 1) WHERE starts_with(target, 'before ');
CREATE INDEX rollout_undoes ON rollout (undoes);

--@ downgrade
ALTER TABLE rollout DROP COLUMN undoes;
