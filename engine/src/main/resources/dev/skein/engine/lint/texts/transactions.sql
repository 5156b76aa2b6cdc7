-- SK201 no-lock-timeout, error
-- what: a script switches lock_timeout off
-- why: A statement that waits for a strong lock has everybody who comes later wait behind it, readers too, for as long as
--   it waits itself.
-- instead: Leave it to --lock-timeout: a run waits that long, yields, and tries again.
-- given
CREATE TABLE users (id bigint);
-- bad
SET LOCAL lock_timeout = 0; ALTER TABLE users ADD mail text;
-- good
SET LOCAL lock_timeout = '1s'; ALTER TABLE users ADD mail text;
-- SK202 no-statement-timeout, warning
-- what: a script switches statement_timeout off
-- why: Nothing ends a statement that runs away, and what it holds it holds as long.
-- instead: Set a bound that fits the statement; long changes of rows go in batches: --@ batch
-- given
CREATE TABLE users (id bigint);
-- bad
SET LOCAL statement_timeout = 0; ALTER TABLE users ADD mail text;
-- good
SET LOCAL statement_timeout = '10min'; ALTER TABLE users ADD mail text;
