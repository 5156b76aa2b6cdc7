--@ revision: api0012
--@ revises: api0011
--@ message: what is gone or silent is told and ended

--@ upgrade
-- The site whose silence alone has halted it.
ALTER TABLE rollout ADD COLUMN silent text;
-- When this database heard of it last, by its own clock: agents' clocks may be wrong.
ALTER TABLE fleet_database ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();
-- Without an answer by then, it has failed.
ALTER TABLE directive ADD COLUMN ends_at timestamptz NOT NULL DEFAULT now() + interval '24 hours';
CREATE INDEX directive_ends ON directive (ends_at) WHERE payload IS NOT NULL;
-- Given up by somebody: set aside, and never tried again.
ALTER TABLE rollout_target ADD COLUMN skipped boolean NOT NULL DEFAULT false;
-- Which time it is asked.
ALTER TABLE request ADD COLUMN attempt integer NOT NULL DEFAULT 1;

--@ downgrade
ALTER TABLE request DROP COLUMN attempt;
ALTER TABLE rollout_target DROP COLUMN skipped;
ALTER TABLE directive DROP COLUMN ends_at;
ALTER TABLE fleet_database DROP COLUMN seen_at;
ALTER TABLE rollout DROP COLUMN silent;
