--@ revision: api0024
--@ revises: api0022
--@ message: plans without their databases, which are rows

--@ upgrade
-- Null of those from before, whose databases are in their plan.
ALTER TABLE rollout ADD COLUMN summary text;
CREATE TABLE plan_aside (
    rollout text NOT NULL,
    place integer NOT NULL,
    uid text NOT NULL,
    site text NOT NULL,
    name text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (rollout, place)
);
-- Databases become rows while the plan is made, before how many they are is known.
ALTER TABLE rollout_target DROP CONSTRAINT rollout_target_rollout_wave_fkey;

--@ downgrade
ALTER TABLE rollout_target ADD CONSTRAINT rollout_target_rollout_wave_fkey
    FOREIGN KEY (rollout, wave) REFERENCES wave_tally;
DROP TABLE plan_aside;
ALTER TABLE rollout DROP COLUMN summary;
