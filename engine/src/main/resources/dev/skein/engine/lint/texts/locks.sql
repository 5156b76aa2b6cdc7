-- SK101 index-not-concurrent, error
-- what: an index is built on a table in use without CONCURRENTLY
-- why: CREATE INDEX holds a SHARE lock until the transaction ends: everybody may read, nobody may write, for as long
--   as the table is big.
-- instead: CREATE INDEX CONCURRENTLY in a revision of its own that has no transaction.
-- given
CREATE TABLE users (id bigint PRIMARY KEY, mail text);
-- bad
CREATE INDEX users_mail ON users (mail);
-- good, alone
CREATE INDEX CONCURRENTLY users_mail ON users (mail);
-- SK102 drop-index-not-concurrent, warning
-- what: an index is dropped without CONCURRENTLY
-- why: DROP INDEX needs an ACCESS EXCLUSIVE lock on the table. It waits for every transaction that uses the table, and
--   whoever comes next, readers too, waits behind it.
-- instead: DROP INDEX CONCURRENTLY in a revision that has no transaction. An index behind a constraint goes with the
--   constraint; one of a partitioned table has no gentle form.
-- given
CREATE TABLE users (id bigint PRIMARY KEY, mail text); CREATE INDEX users_mail ON users (mail);
-- bad
DROP INDEX users_mail;
-- good, alone
DROP INDEX CONCURRENTLY users_mail;
-- SK103 concurrent-in-transaction, error
-- what: a statement that PostgreSQL refuses inside a transaction stands in a revision that is one
-- why: CREATE INDEX CONCURRENTLY, VACUUM and their kind make transactions of their own. Inside another one they end
--   with an error, on every tenant.
-- instead: Put the statement into a revision of its own and say there: --@ transaction: none
-- given
CREATE TABLE users (id bigint PRIMARY KEY, mail text);
-- bad
CREATE INDEX CONCURRENTLY users_mail ON users (mail);
-- good, alone
CREATE INDEX CONCURRENTLY users_mail ON users (mail);
-- SK105 reindex, error
-- what: REINDEX without CONCURRENTLY
-- why: Nobody can write to the table meanwhile. The index itself is locked for everybody, and as planning a query
--   looks at every index of its table, most reads wait as well.
-- instead: REINDEX … CONCURRENTLY in a revision that has no transaction.
-- given
CREATE TABLE users (id bigint PRIMARY KEY);
-- bad
REINDEX TABLE users;
-- good, alone
REINDEX TABLE CONCURRENTLY users;
-- SK106 index-on-partitioned, error
-- what: an index is built on a partitioned table, and so on all of its partitions, in one transaction
-- why: Every partition is locked against writes until the index of the last one is built.
-- instead: CREATE INDEX CONCURRENTLY in a revision that has no transaction. The server refuses that on a partitioned
--   table; Skein builds the index of each partition by itself and joins them. Or write these steps: ON ONLY the table,
--   concurrently on each partition, ATTACH PARTITION.
-- given
CREATE TABLE events (day date, id bigint) PARTITION BY RANGE (day);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- bad
CREATE INDEX events_id ON events (id);
-- good, alone
CREATE INDEX CONCURRENTLY events_id ON events (id);
-- SK107 add-primary-key, error
-- what: a primary key is added to a table in use, and its index is built with it
-- why: ALTER TABLE holds an ACCESS EXCLUSIVE lock while the index is built: nobody can read or write.
-- instead: CREATE UNIQUE INDEX CONCURRENTLY first; then ADD CONSTRAINT … PRIMARY KEY USING INDEX, which is quick where
--   the columns are NOT NULL.
-- given
CREATE TABLE users (id bigint NOT NULL); CREATE UNIQUE INDEX users_pkey ON users (id);
-- bad
ALTER TABLE users ADD PRIMARY KEY (id);
-- good
ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;
-- SK108 primary-key-on-nullable, error
-- what: a primary key takes in a column that may be NULL
-- why: A primary key makes its columns NOT NULL. Every row is read for that while nobody can use the table, also with
--   USING INDEX, and a single NULL ends it with an error.
-- instead: Make the column NOT NULL before, by way of a validated CHECK (see SK112).
-- given
CREATE TABLE users (id bigint, code bigint NOT NULL);
-- bad
ALTER TABLE users ADD PRIMARY KEY (id);
-- good
ALTER TABLE users ADD PRIMARY KEY (code);
-- SK109 add-unique, error
-- what: a unique constraint is added to a table in use, and its index is built with it
-- why: ALTER TABLE holds an ACCESS EXCLUSIVE lock while the index is built: nobody can read or write. It fails where
--   rows are alike.
-- instead: CREATE UNIQUE INDEX CONCURRENTLY first; then ADD CONSTRAINT … UNIQUE USING INDEX, which is quick.
-- given
CREATE TABLE users (id bigint, mail text); CREATE UNIQUE INDEX users_mail ON users (mail);
-- bad
ALTER TABLE users ADD UNIQUE (mail);
-- good
ALTER TABLE users ADD CONSTRAINT users_mail UNIQUE USING INDEX users_mail;
-- SK110 add-exclusion, warning
-- what: an exclusion constraint is added to a table in use
-- why: Its index is built while nobody can read or write. Exclusion constraints know neither NOT VALID nor USING INDEX,
--   so there is no gentle form.
-- instead: Give the constraint to a new table and move the rows, or do it when hardly anybody uses the table.
-- given
CREATE TABLE bookings (during tstzrange);
-- bad
ALTER TABLE bookings ADD EXCLUDE USING gist (during WITH &&);
-- good
CREATE TABLE stays (during tstzrange, EXCLUDE USING gist (during WITH &&));
-- SK111 constraint-validated, error
-- what: a CHECK is added to a table in use and validated at once
-- why: Every row is read under an ACCESS EXCLUSIVE lock: nobody can use the table meanwhile.
-- instead: ADD CONSTRAINT … NOT VALID, which holds for new rows at once; VALIDATE CONSTRAINT in the next revision, which
--   lets others read and write.
-- given
CREATE TABLE orders (amount numeric);
-- bad
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0);
-- good
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- SK112 set-not-null, error
-- what: SET NOT NULL that has to read every row
-- why: It reads the table under an ACCESS EXCLUSIVE lock and fails at the first NULL. A valid CHECK that says the same
--   spares it the reading.
-- instead: ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID; VALIDATE it in the next revision; then SET NOT NULL and
--   drop the check. From 18 on there is also ADD CONSTRAINT … NOT NULL column NOT VALID.
-- given
CREATE TABLE users (mail text, name text CONSTRAINT has_name CHECK (name IS NOT NULL));
-- bad
ALTER TABLE users ALTER mail SET NOT NULL;
-- good
ALTER TABLE users ALTER name SET NOT NULL;
-- SK113 foreign-key-validated, error
-- what: a foreign key is added to a table in use and validated at once
-- why: Both tables are locked with SHARE ROW EXCLUSIVE while every row is looked up: everybody may read, nobody may write
--   to either.
-- instead: ADD CONSTRAINT … NOT VALID; VALIDATE CONSTRAINT in the next revision, which lets others write. A partitioned
--   table can have such a key from 18 on; before, begin with its partitions.
-- given
CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE orders (user_id bigint);
-- bad
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;
-- good
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;
-- SK114 validate-in-same-tx, error
-- what: a constraint is validated in the transaction that added it
-- why: The strong lock of ADD CONSTRAINT is held to the end of the transaction, so the table is read under it and NOT
--   VALID has saved nothing.
-- instead: VALIDATE CONSTRAINT in a revision of its own.
-- given
CREATE TABLE users (age int); CREATE TABLE orders (amount numeric);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- bad
ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT adult;
-- good
ALTER TABLE orders VALIDATE CONSTRAINT positive;
-- SK115 volatile-default, error
-- what: a column is added whose default is another value for each row
-- why: A default that is the same for all rows is kept once, in the catalog. A volatile one has to be written into every
--   row: the table and its indexes are written anew under an ACCESS EXCLUSIVE lock.
-- instead: Add the column without the default, SET DEFAULT afterwards for new rows, and fill the old ones in batches.
-- given
CREATE TABLE users (id bigint PRIMARY KEY);
-- bad
ALTER TABLE users ADD token uuid DEFAULT gen_random_uuid();
-- good
ALTER TABLE users ADD token uuid; ALTER TABLE users ALTER token SET DEFAULT gen_random_uuid();
-- SK116 generated-stored, error
-- what: a generated column that is stored is added to a table in use
-- why: Its value is computed and written for every row: the table and its indexes are written anew under an ACCESS
--   EXCLUSIVE lock.
-- instead: A plain column that a trigger fills for new rows and batches fill for old ones; from 18 on a VIRTUAL column,
--   which is computed when it is read.
-- given
CREATE TABLE orders (net numeric);
-- bad
ALTER TABLE orders ADD gross numeric GENERATED ALWAYS AS (net * 1.2) STORED;
-- good
ALTER TABLE orders ADD gross numeric;
-- SK117 counted-column, error
-- what: a serial or identity column is added to a table in use
-- why: Every row gets its number at once: the table and its indexes are written anew under an ACCESS EXCLUSIVE lock.
-- instead: Add the column without a default, give new rows theirs by a sequence, and number the old ones in batches.
-- given
CREATE TABLE users (mail text);
-- bad
ALTER TABLE users ADD id bigint GENERATED ALWAYS AS IDENTITY;
-- good
ALTER TABLE users ADD id bigint;
-- SK118 table-rewrite, error
-- what: a table in use is written anew, mostly since a column gets a type that is stored in another way
-- why: The table and its indexes are copied under an ACCESS EXCLUSIVE lock, and need as much room again. Longer varchar,
--   varchar to text and more digits of a numeric with the same scale do without.
-- instead: Add a column of the new type, write to both, fill it in batches, and change over.
-- given
CREATE TABLE users (id int, name varchar(10));
-- bad
ALTER TABLE users ALTER id TYPE bigint;
-- good
ALTER TABLE users ALTER name TYPE varchar(20);
-- SK119 set-logged, error
-- what: SET LOGGED or SET UNLOGGED on a table in use
-- why: The table is written anew under an ACCESS EXCLUSIVE lock; SET LOGGED also writes all of it to the log. What is not
--   logged is empty after a crash and not there on standbys.
-- instead: Make a new table of that kind and move the rows in batches.
-- given
CREATE TABLE sessions (id bigint);
-- bad
ALTER TABLE sessions SET UNLOGGED;
-- good
CREATE UNLOGGED TABLE session_cache (id bigint);
-- SK121 vacuum-full, error
-- what: VACUUM FULL or CLUSTER of a table in use
-- why: The table and its indexes are written anew under an ACCESS EXCLUSIVE lock.
-- instead: A tool that does it while the table is used, such as pg_repack. Mostly a plain VACUUM is enough.
-- given
CREATE TABLE users (id bigint PRIMARY KEY);
-- bad
CLUSTER users USING users_pkey;
-- good, alone
VACUUM users;
-- SK122 create-trigger, advice
-- what: a trigger is added to a table in use
-- why: It needs a SHARE ROW EXCLUSIVE lock, so it waits for every transaction that has written and holds up the next
--   ones; from then on each row costs more.
-- instead: Do it when traffic is low, in a short revision.
-- given
CREATE TABLE users (id bigint);
-- bad
CREATE TRIGGER quiet BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
-- good
CREATE TABLE notes (id bigint);
CREATE TRIGGER quiet BEFORE UPDATE ON notes
    FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
-- SK123 detach-partition, error
-- what: a partition is detached without CONCURRENTLY
-- why: The whole partitioned table is locked with ACCESS EXCLUSIVE until the transaction ends.
-- instead: DETACH PARTITION … CONCURRENTLY in a revision that has no transaction; the server refuses that where there is a
--   default partition.
-- given
CREATE TABLE events (year int) PARTITION BY LIST (year);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES IN (2020);
-- bad
ALTER TABLE events DETACH PARTITION events_2020;
-- good, alone
ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;
-- SK124 attach-without-check, warning
-- what: a table is attached as a partition without a CHECK that says its bounds
-- why: Every row of it is read under an ACCESS EXCLUSIVE lock to see that it belongs there. A valid CHECK from which the
--   bounds follow spares that.
-- instead: ADD CHECK (the bounds) NOT VALID, VALIDATE CONSTRAINT in the next revision, then attach and drop the check.
-- given
CREATE TABLE events (year int NOT NULL) PARTITION BY RANGE (year);
CREATE TABLE older (year int NOT NULL);
CREATE TABLE newer (year int NOT NULL CHECK (year >= 2020 AND year < 2030));
-- bad
ALTER TABLE events ATTACH PARTITION older FOR VALUES FROM (2010) TO (2020);
-- good
ALTER TABLE events ATTACH PARTITION newer FOR VALUES FROM (2020) TO (2030);
-- SK125 more-after-lock, advice
-- what: a whole table is read or written while a lock of an earlier statement is held
-- why: Locks are held to the end of the transaction. What takes long after an ACCESS EXCLUSIVE lock keeps everybody from
--   that table for as long.
-- instead: Put what takes long into a revision of its own.
-- given
CREATE TABLE users (id bigint); CREATE TABLE orders (amount numeric);
-- bad
ALTER TABLE users ADD mail text;
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0);
-- good
ALTER TABLE users ADD mail text;
-- SK126 several-alters, advice
-- what: several ALTER TABLE on one table in one revision
-- why: Each may read or write the table anew and takes its lock again; one statement with several parts does it once.
-- instead: One ALTER TABLE with its parts parted by commas.
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users ADD mail text; ALTER TABLE users ADD name text;
-- good
ALTER TABLE users ADD mail text, ADD name text;
-- SK127 several-tables-locked, advice
-- what: several tables in use are locked exclusively in one transaction
-- why: The first stays locked while the second lock is waited for, and a transaction that takes them the other way round
--   makes a deadlock.
-- instead: One table per revision.
-- given
CREATE TABLE users (id bigint); CREATE TABLE orders (id bigint);
-- bad
ALTER TABLE users ADD note text; ALTER TABLE orders ADD note text;
-- good
ALTER TABLE users ADD note text;
-- SK128 new-table-locks-old, warning
-- what: a new table has a foreign key to a table in use
-- why: The referenced table is locked with SHARE ROW EXCLUSIVE until the transaction ends, which keeps everybody from
--   writing to it. That is short by itself, but not where other work follows.
-- instead: Create the table without the key, and add the key in a short revision of its own.
-- given
CREATE TABLE users (id bigint PRIMARY KEY);
-- bad
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
-- good
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint);
-- SK129 refresh-matview, warning
-- what: REFRESH MATERIALIZED VIEW without CONCURRENTLY
-- why: It holds an ACCESS EXCLUSIVE lock until the query has run: readers wait.
-- instead: REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on columns, for all rows.
-- given
CREATE MATERIALIZED VIEW totals AS SELECT 1 AS id; CREATE UNIQUE INDEX totals_id ON totals (id);
-- bad
REFRESH MATERIALIZED VIEW totals;
-- good
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
-- SK130 truncate, error
-- what: a table in use is emptied by TRUNCATE
-- why: Every row is gone. It holds an ACCESS EXCLUSIVE lock, and older snapshots find the table empty, too.
-- instead: If it is meant, DELETE in batches: --@ batch
-- given
CREATE TABLE events (year int);
-- bad
TRUNCATE events;
-- good
DELETE FROM events WHERE year < 2020;
-- SK131 row-security-without-policy, warning
-- what: row security is switched on in a revision that makes no policy
-- why: Without a policy nothing is allowed: all but the table's owner and who may bypass it see no rows.
-- instead: CREATE POLICY in the same revision.
-- given
CREATE TABLE notes (owner name);
-- bad
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
-- good
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes USING (owner = current_user);
-- SK132 replica-identity, warning
-- what: REPLICA IDENTITY FULL or NOTHING
-- why: FULL writes each old row whole to the log, and a subscriber finds rows by all of their columns. With NOTHING,
--   UPDATE and DELETE fail where a publication has them.
-- instead: REPLICA IDENTITY USING INDEX, or the primary key, which is the default.
-- given
CREATE TABLE users (mail text NOT NULL CONSTRAINT users_mail UNIQUE);
-- bad
ALTER TABLE users REPLICA IDENTITY FULL;
-- good
ALTER TABLE users REPLICA IDENTITY USING INDEX users_mail;
-- SK133 autovacuum-off, error
-- what: autovacuum is switched off for a table
-- why: Dead rows pile up and statistics grow old. Only the vacuum against wraparound still comes, late and large.
-- instead: Leave it on; make it gentler with its cost settings, or more frequent with its scale factor.
-- given
CREATE TABLE events (id bigint);
-- bad
ALTER TABLE events SET (autovacuum_enabled = false);
-- good
ALTER TABLE events SET (autovacuum_vacuum_scale_factor = 0.1);
-- SK134 locks-other-table, warning
-- what: a table that the statement does not name is locked exclusively, too
-- why: Dropping a foreign key, or a table that has one, locks the referenced table; attaching a partition locks the
--   default one. Nobody can use these until the transaction ends.
-- instead: A short revision of its own.
-- given
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (
    amount numeric CONSTRAINT positive CHECK (amount > 0),
    user_id bigint CONSTRAINT of_user REFERENCES users
);
-- bad
ALTER TABLE orders DROP CONSTRAINT of_user;
-- good
ALTER TABLE orders DROP CONSTRAINT positive;
-- SK135 unfinished-index, warning
-- what: the index of a partitioned table stays invalid, since some partition has no part of it
-- why: No query uses it, and a unique one guards only the partitions that have theirs.
-- instead: CREATE INDEX CONCURRENTLY on the table itself, which Skein runs partition by partition; or attach each
--   partition's index in later revisions.
-- given
CREATE TABLE events (year int, id bigint) PARTITION BY LIST (year);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES IN (2026);
-- bad
CREATE INDEX events_id ON ONLY events (id);
-- good, alone
CREATE INDEX CONCURRENTLY events_id ON events (id);
