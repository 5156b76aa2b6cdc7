--@ revision: api0005
--@ revises: api0004
--@ message: databases that a running rollout sets aside

--@ upgrade
ALTER TABLE rollout_target DROP CONSTRAINT rollout_target_state_check,
    ADD CONSTRAINT rollout_target_state_check CHECK (state IN ('pending', 'open', 'holding', 'succeeded', 'failed', 'aside'));
ALTER TABLE wave_tally ADD COLUMN aside integer NOT NULL DEFAULT 0, DROP CONSTRAINT wave_tally_check,
    ADD CONSTRAINT wave_tally_check CHECK (open >= 0 AND succeeded >= 0 AND failed >= 0 AND aside >= 0 AND open + succeeded + failed + aside <= planned);

--@ downgrade
UPDATE wave_tally SET failed = failed + aside;
ALTER TABLE wave_tally DROP COLUMN aside, ADD CONSTRAINT wave_tally_check CHECK (open >= 0 AND succeeded >= 0 AND failed >= 0 AND open + succeeded + failed <= planned);
UPDATE rollout_target SET state = 'failed' WHERE state = 'aside';
ALTER TABLE rollout_target DROP CONSTRAINT rollout_target_state_check,
    ADD CONSTRAINT rollout_target_state_check CHECK (state IN ('pending', 'open', 'holding', 'succeeded', 'failed'));
