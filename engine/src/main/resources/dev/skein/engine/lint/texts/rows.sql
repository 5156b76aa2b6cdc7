-- SK601 every-row, warning
-- what: UPDATE, DELETE or MERGE of every row of a table in use
-- why: Each row stays locked to the end of the transaction, which takes as long as the table is big, and every changed one
--   leaves a dead one behind.
-- instead: Go in batches, each of which commits: --@ batch: table by key
-- given
CREATE TABLE users (id bigint, active boolean);
-- bad
UPDATE users SET active = true;
-- good
UPDATE users SET active = true WHERE id = 1;
-- SK602 data-with-ddl, warning
-- what: rows are changed after a statement that locks a table in the same transaction
-- why: Nobody can use the locked table until the last row is changed.
-- instead: Change the rows in a revision of its own, with --@ batch
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users ADD active boolean; UPDATE users SET active = true WHERE id > 0;
-- good
UPDATE users SET id = 2 WHERE id = 1;
-- SK603 unbatched-change, advice
-- what: rows of a table in use are changed in one transaction
-- why: All that match stay locked until it ends, and how many these are differs from tenant to tenant.
-- instead: Where it may be many rows, go in batches: --@ batch: table by key
-- given
CREATE TABLE users (id bigint, active boolean);
-- bad
UPDATE users SET active = false WHERE active;
-- good
INSERT INTO users (id, active) VALUES (1, true);
-- SK604 insert-without-columns, advice
-- what: INSERT that does not name its columns
-- why: It depends on the order of the columns, and that is the history of a table: it may differ from tenant to tenant.
-- instead: INSERT INTO table (columns) …
-- given
CREATE TABLE users (id bigint, name text);
-- bad
INSERT INTO users VALUES (1, 'a');
-- good
INSERT INTO users (id, name) VALUES (1, 'a');
-- SK605 unindexable-condition, advice
-- what: rows are chosen by LIKE with a pattern that begins with % or _
-- why: A B-tree index is of no use for it, so every row is read.
-- instead: A condition that an index serves (a trigram index serves such patterns), or --@ batch
-- given
CREATE TABLE users (mail text);
-- bad
DELETE FROM users WHERE mail LIKE '%@example.com';
-- good
DELETE FROM users WHERE mail LIKE 'test-%';
-- SK608 dynamic-sql, advice
-- what: a function runs a text that is put together with ||
-- why: A name that needs quotes breaks it, and a value that comes from outside may say something else than meant.
-- instead: EXECUTE format('… %I …', name) USING value
-- given
SELECT 1;
-- bad
CREATE FUNCTION clear(name text) RETURNS void LANGUAGE plpgsql
    AS $$BEGIN EXECUTE 'DELETE FROM ' || name; END$$;
-- good
CREATE FUNCTION clear(name text) RETURNS void LANGUAGE plpgsql
    AS $$BEGIN EXECUTE format('DELETE FROM %I', name); END$$;
