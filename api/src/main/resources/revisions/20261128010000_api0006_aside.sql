--@ revision: api0006
--@ revises: api0005
--@ message: count what a wave sets aside

--@ upgrade
-- What is planned stays what it was: budgets are shares of it.
ALTER TABLE wave_tally ADD COLUMN aside integer NOT NULL DEFAULT 0;
UPDATE wave_tally w SET planned = w.planned + a.number, aside = a.number
FROM (SELECT rollout, wave, count(*) AS number FROM rollout_target WHERE state = 'aside' GROUP BY rollout, wave) a
WHERE w.rollout = a.rollout AND w.wave = a.wave;
ALTER TABLE wave_tally DROP CONSTRAINT wave_tally_check,
    ADD CONSTRAINT wave_tally_check CHECK (open >= 0 AND succeeded >= 0 AND failed >= 0 AND aside >= 0 AND open + succeeded + failed + aside <= planned);

--@ downgrade
ALTER TABLE wave_tally DROP CONSTRAINT wave_tally_check;
UPDATE wave_tally SET planned = planned - aside;
ALTER TABLE wave_tally DROP COLUMN aside,
    ADD CONSTRAINT wave_tally_check CHECK (open >= 0 AND succeeded >= 0 AND failed >= 0 AND open + succeeded + failed <= planned);
