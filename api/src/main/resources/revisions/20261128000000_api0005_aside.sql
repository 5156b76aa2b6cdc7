--@ revision: api0005
--@ revises: api0004
--@ message: databases that a running rollout sets aside

--@ upgrade
ALTER TABLE rollout_target DROP CONSTRAINT rollout_target_state_check,
    ADD CONSTRAINT rollout_target_state_check CHECK (state IN ('pending', 'open', 'holding', 'succeeded', 'failed', 'aside'));

--@ downgrade
UPDATE wave_tally w SET planned = planned + a.number, failed = failed + a.number
FROM (SELECT rollout, wave, count(*) AS number FROM rollout_target WHERE state = 'aside' GROUP BY rollout, wave) a
WHERE w.rollout = a.rollout AND w.wave = a.wave;
UPDATE rollout_target SET state = 'failed' WHERE state = 'aside';
ALTER TABLE rollout_target DROP CONSTRAINT rollout_target_state_check,
    ADD CONSTRAINT rollout_target_state_check CHECK (state IN ('pending', 'open', 'holding', 'succeeded', 'failed'));
