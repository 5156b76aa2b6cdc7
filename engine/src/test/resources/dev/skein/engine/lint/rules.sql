-- SK101
CREATE TABLE t (a int PRIMARY KEY);
-- good
CREATE TABLE u (a int PRIMARY KEY); CREATE INDEX u_a ON u (a);
-- SK118
CREATE TABLE t (a int, b varchar(10)); CREATE TABLE p (a int);
-- good
ALTER TABLE t ADD COLUMN c int DEFAULT 5;
-- SK128
CREATE TABLE t (a int PRIMARY KEY);
-- good
CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE v (id int PRIMARY KEY, a int REFERENCES u);
-- SK302
CREATE TABLE t (a int, b int, c int GENERATED ALWAYS AS (a) STORED);
-- good
ALTER TABLE t DROP COLUMN c;
-- good
ALTER TABLE t RENAME b TO d;
-- SK305
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0), b int CHECK (b > 0));
-- good
ALTER TABLE t DROP COLUMN b;
-- SK309
CREATE TYPE mood AS ENUM ('ok');
-- good
CREATE TYPE other AS ENUM ('ok'); DROP TYPE other;
-- SK502
CREATE TABLE t (a int);
-- good
CREATE TABLE u (a int); ALTER TABLE u RENAME TO w;
-- SK506
CREATE TABLE t (a int, b varchar(10));
-- bad
DO $$ BEGIN ALTER TABLE t ALTER a TYPE text; END $$;
-- good
ALTER TABLE t ALTER a SET DEFAULT 1;
-- SK601
CREATE TABLE t (a int);
-- bad
DELETE FROM t;
-- SK705
SELECT 1;
-- good
CREATE TABLE country (code int PRIMARY KEY);
-- SK709
SELECT 1;
-- good
CREATE TABLE u (a int); ALTER TABLE u ADD PRIMARY KEY (a);
-- SK301
CREATE TABLE t (a int PRIMARY KEY); CREATE SCHEMA s; CREATE TABLE s.x (id int);
-- good
ALTER TABLE t RENAME TO u;
-- good
ALTER TABLE t SET SCHEMA s;
-- good
ALTER SCHEMA s RENAME TO r;
-- bad
DROP TABLE s.x;
-- SK302
CREATE TABLE t (a int, b text) PARTITION BY LIST (a); CREATE TABLE p (a int, b text);
-- good
ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1);
-- bad
ALTER TABLE p DROP COLUMN b;
-- SK402
CREATE TABLE t (a int NOT NULL PRIMARY KEY, b text NOT NULL) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN (1);
-- good
ALTER TABLE t DETACH PARTITION p;
-- good
ALTER TABLE p RENAME TO q; CREATE TABLE p (id int PRIMARY KEY, x int NOT NULL);
-- bad
ALTER TABLE t ADD COLUMN c int NOT NULL;
-- SK107
CREATE TABLE t (a int CONSTRAINT pk PRIMARY KEY, b int NOT NULL); CREATE TABLE u (a int NOT NULL);
-- good
ALTER TABLE t RENAME CONSTRAINT pk TO key;
-- bad
ALTER TABLE u ADD PRIMARY KEY (a);
-- SK101
CREATE TABLE t (a int, b int);
-- bad, alone
CREATE INDEX t_a ON t (a);
-- bad
ALTER TABLE t ADD COLUMN c int; CREATE INDEX t_a ON t (a); CREATE INDEX t_b ON t (b);
-- SK112
CREATE TABLE t (a int, b int) PARTITION BY LIST (a); CREATE TABLE p PARTITION OF t FOR VALUES IN (1);
-- bad
ALTER TABLE t ALTER b SET NOT NULL;
-- SK118
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
-- good
REFRESH MATERIALIZED VIEW m;
-- SK709
SELECT 1;
-- good
CREATE TABLE u (a int); ALTER TABLE ONLY u ADD CONSTRAINT u_pkey PRIMARY KEY (a);
-- SK103
CREATE TABLE t (a int PRIMARY KEY);
-- bad
VACUUM t;
-- SK106
CREATE TABLE p (a int, b int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- good
CREATE INDEX p_b ON ONLY p (b);
-- good
CREATE TABLE q (a int, b int) PARTITION BY LIST (a); CREATE INDEX q_b ON q (b);
-- SK108
CREATE TABLE t (a int, b int NOT NULL);
-- good
ALTER TABLE t ADD PRIMARY KEY (b);
-- SK115
CREATE TABLE t (a int);
-- bad
ALTER TABLE t ADD b timestamptz DEFAULT clock_timestamp();
-- good
ALTER TABLE t ADD b timestamptz DEFAULT now();
-- SK117
CREATE TABLE t (a int);
-- bad
ALTER TABLE t ADD b bigserial;
-- SK121
CREATE TABLE t (a int PRIMARY KEY);
-- good
ALTER TABLE t CLUSTER ON t_pkey;
-- SK126
CREATE TABLE t (a int); CREATE TABLE u (a int);
-- good
ALTER TABLE t ADD CONSTRAINT n CHECK (a IS NOT NULL); ALTER TABLE t DROP CONSTRAINT n;
-- good
ALTER TABLE t ADD b int; ALTER TABLE t RENAME b TO c;
-- SK307
CREATE TABLE t (a varchar(9), b bigint, c numeric(9, 2), d text, e int);
-- bad
ALTER TABLE t ALTER b TYPE int;
-- bad
ALTER TABLE t ALTER c TYPE numeric(9, 4);
-- bad
ALTER TABLE t ALTER d TYPE varchar(5);
-- good
ALTER TABLE t ALTER a TYPE varchar(20), ALTER c TYPE numeric(12, 3), ALTER e TYPE bigint;
-- good
ALTER TABLE t ALTER a TYPE text, ALTER c TYPE numeric;
-- good
ALTER TABLE t ALTER e TYPE numeric(20, 0);
-- SK401
CREATE TABLE t (a int, b int);
-- bad
ALTER TABLE t ADD UNIQUE (a);
-- bad, alone
CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);
-- SK404
CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (a int); CREATE TABLE v (a int); ALTER TABLE v ADD CONSTRAINT v_k FOREIGN KEY (a) REFERENCES t NOT VALID;
-- bad
ALTER TABLE v VALIDATE CONSTRAINT v_k;
-- SK406
CREATE TABLE t (a text, b int);
-- good
ALTER TABLE t ALTER b TYPE bigint;
-- SK408
CREATE TABLE t (a int);
-- bad
CREATE TABLE IF NOT EXISTS u (a int PRIMARY KEY);
-- good
CREATE SCHEMA IF NOT EXISTS s; CREATE TABLE u (a int PRIMARY KEY);
-- good
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN IF NOT EXISTS (SELECT 1) THEN RETURN; END IF; END';
-- SK507
CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t; CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT x';
-- bad
DROP FUNCTION f(int); CREATE FUNCTION f(x int, y int) RETURNS int LANGUAGE sql AS 'SELECT x + y';
-- good
DROP VIEW v; ALTER TABLE t DROP b; CREATE VIEW v AS SELECT a FROM t;
-- bad
ALTER TYPE mood ADD VALUE 'ok' AFTER 'sad'; DROP VIEW v;
-- SK604
CREATE TABLE t (a int PRIMARY KEY);
-- good
INSERT INTO t (a) SELECT 2;
-- SK707
CREATE TYPE old AS ENUM ('a');
-- good
ALTER TYPE old ADD VALUE 'b' AFTER 'a';
-- SK708
CREATE DOMAIN d AS int; CREATE TABLE t (a d);
-- good
CREATE DOMAIN e AS int CHECK (VALUE > 0);
-- SK710
CREATE TABLE t (a int PRIMARY KEY);
-- good
CREATE TABLE u (a int REFERENCES t, b int, PRIMARY KEY (a, b));
-- SK711
CREATE TABLE t (a int, b int, c int, d int); CREATE INDEX t_a ON t (a);
-- bad
CREATE INDEX t_all ON t (a, b, c, d);
-- good
CREATE INDEX t_ab ON t (a, b); CREATE UNIQUE INDEX t_u ON t (a, b, c, d);
-- good
CREATE UNIQUE INDEX t_unique ON t (a);
-- SK714
CREATE TABLE t (a int);
-- good
ALTER TABLE t ADD b text DEFAULT 'a123456789012345678901234567890123456789012345678901234567890123';
-- SK113
CREATE TABLE par (a int PRIMARY KEY); CREATE TABLE ch (a int PRIMARY KEY, b int CONSTRAINT fk REFERENCES par);
-- bad
ALTER TABLE ch DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES par ON DELETE CASCADE;
-- bad
ALTER TABLE ch DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES par;
-- bad
ALTER TABLE ch ADD COLUMN c int DEFAULT 1 REFERENCES par;
-- bad
ALTER TABLE ch ADD COLUMN c int, ADD FOREIGN KEY (c) REFERENCES par;
-- good
ALTER TABLE ch ADD COLUMN c int REFERENCES par;
-- good
ALTER TABLE ch RENAME CONSTRAINT fk TO fk_of_par;
-- SK404
CREATE TABLE par (a int PRIMARY KEY); CREATE TABLE ch (a int PRIMARY KEY, b int);
-- bad
ALTER TABLE ch ADD COLUMN c int DEFAULT 1 REFERENCES par;
-- good
ALTER TABLE ch ADD COLUMN c int REFERENCES par;
-- good
ALTER TABLE ch ADD COLUMN c int, ADD FOREIGN KEY (c) REFERENCES par;
-- SK111
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));
-- bad
ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 1);
-- good
ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 1) NOT VALID;
-- SK109
CREATE TABLE "T" (a int, b int, CONSTRAINT "U" UNIQUE (a));
-- bad
ALTER TABLE "T" DROP CONSTRAINT "U", ADD CONSTRAINT "U" UNIQUE (b);
-- good
ALTER TABLE "T" RENAME CONSTRAINT "U" TO "V";
-- good
ALTER TABLE "T" ALTER a TYPE bigint;
-- SK101
CREATE TABLE t (a int, b int); CREATE INDEX t_i ON t (a);
-- bad
DO $$ BEGIN DROP INDEX t_i; CREATE INDEX t_i ON t (b); END $$;
-- good
ALTER INDEX t_i RENAME TO t_j;
-- SK122
CREATE TABLE t (a int); CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
-- bad
DO $$ BEGIN DROP TRIGGER g ON t; CREATE TRIGGER g BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger(); END $$;
-- good
ALTER TABLE t RENAME TO u;
-- SK302
CREATE TABLE house (id int, score int); CREATE SCHEMA s; CREATE TABLE s.part (a int);
-- bad
ALTER TABLE house DROP COLUMN score, ADD COLUMN score boolean DEFAULT false NOT NULL;
-- good
ALTER TABLE s.part SET SCHEMA public; ALTER SCHEMA s RENAME TO r;
-- SK402
CREATE TABLE t (a int, b int);
-- bad
ALTER TABLE t DROP COLUMN b, ADD COLUMN b text NOT NULL;
-- good
ALTER TABLE t RENAME b TO c;
-- SK506
CREATE TABLE t (a int, b int);
-- bad
ALTER TABLE t ALTER b TYPE text;
-- good
ALTER TABLE t DROP COLUMN b, ADD COLUMN b text;
-- SK305
CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0));
-- bad
ALTER TABLE t DROP CONSTRAINT c; ALTER TABLE t ADD UNIQUE (a);
-- good
ALTER TABLE t DROP CONSTRAINT c; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- SK306
CREATE TABLE t (a int NOT NULL);
-- bad
ALTER TABLE t ALTER a DROP NOT NULL; ALTER TABLE t ALTER a SET DEFAULT 1;
-- good
ALTER TABLE t ALTER a DROP NOT NULL; ALTER TABLE t ALTER a SET NOT NULL;
-- SK508
CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (a text DEFAULT 'ok', b int DEFAULT 1 NOT NULL);
-- bad
ALTER TABLE t ALTER a DROP DEFAULT; ALTER TABLE t ALTER a TYPE mood USING a::mood;
-- good
ALTER TABLE t ALTER a DROP DEFAULT; ALTER TABLE t ALTER a TYPE mood USING a::mood; ALTER TABLE t ALTER a SET DEFAULT 'ok';
-- good
ALTER TABLE t ALTER b DROP DEFAULT, ALTER b ADD GENERATED BY DEFAULT AS IDENTITY;
-- SK309
CREATE TYPE mood AS ENUM ('ok', 'sad');
-- bad
DROP TYPE mood; CREATE TYPE mood AS ENUM ('ok');
-- good
DROP TYPE mood; CREATE TYPE mood AS ENUM ('ok', 'sad');
-- SK507
CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a, b FROM t; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- bad
DROP VIEW v; CREATE VIEW v AS SELECT a, b::text FROM t;
-- bad
DROP FUNCTION f(); CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT 1::text';
-- good
DROP VIEW v; CREATE VIEW v AS SELECT a, a + b AS c, b FROM t;
-- good
DROP FUNCTION f(); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';
-- SK406
CREATE TABLE t (a timestamp, b int, c text, d numeric(10,2));
-- bad
ALTER TABLE t ALTER c TYPE int USING c::int;
-- good
ALTER TABLE t ALTER a TYPE timestamptz USING a AT TIME ZONE 'UTC';
-- good
ALTER TABLE t ALTER b TYPE text USING b::text;
-- good
ALTER TABLE t ALTER d TYPE numeric(12,2) USING d::numeric(12,2);
-- SK708
CREATE DOMAIN d AS int CONSTRAINT c CHECK (VALUE > 0);
-- bad
DO $$ BEGIN ALTER DOMAIN d DROP CONSTRAINT c; ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 1); END $$;
-- good
ALTER DOMAIN d RENAME CONSTRAINT c TO e;
-- SK134
CREATE TABLE par (a int PRIMARY KEY); CREATE TABLE ch (a int PRIMARY KEY CONSTRAINT c CHECK (a > 0), b int CONSTRAINT fk REFERENCES par); CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p_rest PARTITION OF p DEFAULT; CREATE TABLE p2 (a int);
-- bad
ALTER TABLE ch DROP COLUMN b;
-- bad
DROP TABLE ch;
-- bad
DROP TABLE p1;
-- bad
ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2);
-- good
ALTER TABLE p DETACH PARTITION p1;
-- good
ALTER TABLE p ADD COLUMN b int;
-- good
TRUNCATE par CASCADE;
-- good
CREATE TABLE n (a int REFERENCES par); DROP TABLE p2;
-- SK130
CREATE TABLE t (a int);
-- bad
DO $$ BEGIN TRUNCATE t; END $$;
-- good
DO $$ BEGIN PERFORM 1; END $$;
-- SK118
CREATE TABLE t (a int, b int);
-- bad
DO $$ BEGIN ALTER TABLE t ALTER a TYPE bigint; END $$;
-- good
DO $$ BEGIN TRUNCATE t; END $$;
-- SK601
CREATE TABLE t (a int, b int); CREATE TABLE u (a int, b int); CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE t SET a = 1; END $$; CREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM f(); END $$; CREATE PROCEDURE p() LANGUAGE sql AS 'DELETE FROM t';
-- bad
DO $$ BEGIN UPDATE t SET a = 1; END $$;
-- bad
DO $$ BEGIN DELETE FROM t; END $$;
-- bad
DO $$ BEGIN EXECUTE 'UPDATE t SET a = 1'; END $$;
-- bad
SELECT g();
-- bad
CALL p();
-- bad
UPDATE t SET a = (SELECT max(a) FROM u WHERE u.b = t.b);
-- bad
WITH gone AS (DELETE FROM t RETURNING a) SELECT count(*) FROM gone;
-- good
DO $$ BEGIN UPDATE t SET a = 1 WHERE b = 2; END $$;
-- good
CREATE FUNCTION h() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE t SET a = 1; END $$;
-- good
CREATE TABLE n (a int PRIMARY KEY); UPDATE n SET a = 1;
-- good
INSERT INTO t (a, b) VALUES (1, 2) ON CONFLICT DO NOTHING;
-- SK603
CREATE TABLE t (a int, b int);
-- bad
DO $$ DECLARE r record; BEGIN FOR r IN SELECT a FROM t LOOP UPDATE t SET b = 1 WHERE a = r.a; END LOOP; END $$;
-- good
DO $$ BEGIN INSERT INTO t (a) VALUES (1); END $$;
-- SK602
CREATE TABLE t (a int);
-- bad
ALTER TABLE t ADD COLUMN b int; DO $$ BEGIN UPDATE t SET b = 1 WHERE a = 2; END $$;
-- good
DO $$ BEGIN UPDATE t SET a = 1 WHERE a = 2; END $$;
-- SK714
CREATE TABLE t (a int);
-- bad
ALTER TABLE t ADD COLUMN "A name of more than sixty-three bytes, which the server cuts without an error" int;
-- good
ALTER TABLE t ADD COLUMN "A name that fits" int;
-- SK106
CREATE TABLE m (a int) PARTITION BY LIST (a); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);
-- bad
CREATE INDEX m_a ON m (a);
-- good
CREATE INDEX m_a ON ONLY m (a);
-- SK714
CREATE TABLE t ("share id" int, "slug" text, "name" text);
-- bad
ALTER TABLE t ADD U&"\0061 name of more than sixty-three bytes, which the server cuts without" int;
-- good
INSERT INTO t ("share id", "slug") SELECT "share id", 'a text that is longer than all that a name could ever be' || "slug" || $$ which nobody may "misread" $$ FROM t WHERE "name" = '';
-- SK715
CREATE TABLE t (a int);
-- bad
ALTER TABLE t ADD "user" int;
-- good
ALTER TABLE t ADD position int, ADD timestamp timestamptz;
-- SK307
CREATE TABLE t (a text, b varchar, c varchar(9));
-- bad
ALTER TABLE t ALTER b TYPE varchar(9);
-- good
ALTER TABLE t ALTER a TYPE varchar, ALTER b TYPE text, ALTER c TYPE varchar;
-- SK135
CREATE TABLE m (a int) PARTITION BY LIST (a); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE m2 PARTITION OF m DEFAULT; CREATE TABLE none (a int) PARTITION BY LIST (a);
-- bad, alone
CREATE INDEX m_a ON ONLY m (a); CREATE INDEX CONCURRENTLY m1_a ON m1 (a); ALTER INDEX m_a ATTACH PARTITION m1_a;
-- good, alone
CREATE INDEX m_a ON ONLY m (a); CREATE INDEX CONCURRENTLY m1_a ON m1 (a); ALTER INDEX m_a ATTACH PARTITION m1_a; CREATE INDEX CONCURRENTLY m2_a ON m2 (a); ALTER INDEX m_a ATTACH PARTITION m2_a;
-- good
CREATE INDEX none_a ON ONLY none (a);
-- SK302
CREATE TABLE house (id int PRIMARY KEY, t timestamp, v varchar(10), j json, score int); CREATE TABLE room (c int, u int CONSTRAINT uq UNIQUE, h int CONSTRAINT room_fk REFERENCES house); CREATE TABLE par (id int); CREATE TABLE kid (n int) INHERITS (par);
-- bad
ALTER TABLE house ALTER j TYPE jsonb USING j::jsonb, DROP t, ADD t timestamp;
-- bad
ALTER TABLE house DROP t, ADD t timestamp /* ALTER x TYPE */;
-- bad
DO $$ BEGIN ALTER TABLE house ALTER j TYPE jsonb USING j::jsonb, DROP t, ADD t timestamp; END $$;
-- bad
ALTER TABLE room ADD id int, INHERIT par, DROP u, ADD u int;
-- bad
ALTER TABLE house ALTER COLUMN score TYPE int USING 0;
-- bad
ALTER TABLE house ALTER score SET DATA TYPE text USING NULL, ADD x int;
-- bad
DO $$ BEGIN ALTER TABLE house ALTER score TYPE text USING NULL; END $$;
-- good
ALTER TABLE house ALTER j TYPE jsonb USING j::jsonb, ALTER "score" TYPE bigint USING (house.score + 1);
-- good
ALTER TABLE kid NO INHERIT par;
-- SK113
CREATE TABLE house (id int PRIMARY KEY); CREATE TABLE room (c int, h int CONSTRAINT room_fk REFERENCES house);
-- bad
ALTER TABLE room ALTER c TYPE bigint, DROP CONSTRAINT room_fk, ADD CONSTRAINT room_fk FOREIGN KEY (h) REFERENCES house;
-- bad
ALTER TABLE room ALTER h TYPE bigint, DROP CONSTRAINT room_fk, ADD CONSTRAINT room_fk FOREIGN KEY (h) REFERENCES house;
-- good
ALTER TABLE room ALTER c TYPE bigint;
-- good
ALTER TABLE room ALTER h TYPE int;
-- SK404
CREATE TABLE house (id int PRIMARY KEY); CREATE TABLE room (c int, h int CONSTRAINT room_fk REFERENCES house);
-- bad
ALTER TABLE room ALTER c TYPE bigint, DROP CONSTRAINT room_fk, ADD CONSTRAINT room_fk FOREIGN KEY (h) REFERENCES house;
-- good
ALTER TABLE room ALTER h TYPE int;
-- SK115
CREATE TABLE house (t timestamp, j json);
-- bad
ALTER TABLE house ALTER j TYPE jsonb USING j::jsonb, ADD u timestamp DEFAULT clock_timestamp();
-- good
ALTER TABLE house ALTER j TYPE jsonb USING j::jsonb, DROP t, ADD t int;
-- good
ALTER TABLE house ALTER j TYPE jsonb USING j::jsonb, ADD n int DEFAULT 5;
-- SK601
CREATE TABLE "T x" (i int); CREATE TABLE "Tx" (i int); CREATE TABLE t (i int); CREATE TABLE s (i int);
-- bad
DELETE FROM public."T x";
-- bad
DELETE FROM public . "T x" AS "a b";
-- bad
UPDATE "T x" SET i = 1;
-- bad
UPDATE "Tx" AS "a b" SET i=1;
-- bad
UPDATE "Tx" * "set" SET i=1;
-- bad
MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE;
-- good
DELETE FROM "T x" AS a WHERE i = 1;
-- good
INSERT INTO t (i) SELECT i FROM s; -- DELETE FROM t
-- SK603
CREATE TABLE t (i int); CREATE TABLE s (i int);
-- bad
MERGE INTO t AS x USING s ON x.i = s.i WHEN MATCHED THEN DELETE;
-- bad
DO $$ BEGIN MERGE INTO t USING s ON t.i = s.i WHEN MATCHED AND t.i > 0 THEN UPDATE SET i = 2; END $$;
-- good
MERGE INTO t USING s ON t.i = s.i WHEN NOT MATCHED THEN INSERT (i) VALUES (s.i);
-- SK102
CREATE TABLE m (a int, b int) PARTITION BY LIST (a); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE INDEX m_b ON m (b); CREATE INDEX m1_b ON m1 (b DESC);
-- good
DROP INDEX m_b;
-- bad
DROP INDEX m1_b;
-- SK107
CREATE TABLE m (a int NOT NULL, b int) PARTITION BY LIST (a); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE n (a int NOT NULL) PARTITION BY LIST (a); CREATE TABLE n1 PARTITION OF n FOR VALUES IN (1); CREATE UNIQUE INDEX n1_key ON n1 (a); ALTER TABLE n1 ADD CONSTRAINT n1_key PRIMARY KEY USING INDEX n1_key;
-- bad
ALTER TABLE m ADD PRIMARY KEY (a);
-- good
ALTER TABLE n ADD PRIMARY KEY (a);
-- SK109
CREATE TABLE m (a int NOT NULL, b int) PARTITION BY LIST (a); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE n (a int) PARTITION BY LIST (a); CREATE TABLE n1 PARTITION OF n FOR VALUES IN (1); CREATE UNIQUE INDEX n1_key ON n1 (a); ALTER TABLE n1 ADD CONSTRAINT n1_key UNIQUE USING INDEX n1_key;
-- bad
ALTER TABLE m ADD UNIQUE (a);
-- good
ALTER TABLE n ADD UNIQUE (a);
-- SK113
CREATE TABLE o (a int PRIMARY KEY); CREATE TABLE m (a int NOT NULL, b int) PARTITION BY LIST (a); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE n (a int) PARTITION BY LIST (a); CREATE TABLE n1 PARTITION OF n FOR VALUES IN (1); ALTER TABLE n1 ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES o NOT VALID; ALTER TABLE n1 VALIDATE CONSTRAINT fk;
-- bad
ALTER TABLE m ADD FOREIGN KEY (a) REFERENCES o;
-- good
ALTER TABLE n ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES o;
-- SK113
CREATE TABLE o (a int PRIMARY KEY); CREATE TABLE m (a int NOT NULL) PARTITION BY LIST (a); CREATE TABLE m_a PARTITION OF m FOR VALUES IN (1) PARTITION BY LIST (a); CREATE TABLE m_a_1 PARTITION OF m_a FOR VALUES IN (1);
-- bad
ALTER TABLE m ADD FOREIGN KEY (a) REFERENCES o;
-- SK107
CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX t_key ON t (a);
-- bad
ALTER TABLE t ADD PRIMARY KEY /* no USING INDEX here */ (a);
-- bad
ALTER TABLE t ADD PRIMARY KEY (a) USING INDEX TABLESPACE pg_default;
-- good
ALTER TABLE t ADD CONSTRAINT "The Key" PRIMARY KEY USING/**/INDEX t_key;
-- SK109
CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX t_key ON t (a);
-- bad
ALTER TABLE t ADD CONSTRAINT a UNIQUE USING INDEX t_key, ADD CONSTRAINT "B" UNIQUE (b);
-- bad
ALTER TABLE t ADD UNIQUE (b); -- not yet: USING INDEX t_key
-- SK113
CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (a int);
-- good
ALTER TABLE u ADD b int /* the FOREIGN KEY of u */ REFERENCES t;
-- bad
ALTER TABLE u ADD b int, ADD FOREIGN/* of b */KEY (b) REFERENCES t;
-- bad
DO $$ BEGIN ALTER TABLE u ADD b int, ADD FOREIGN KEY (b) REFERENCES t; END $$;
-- SK601
CREATE TABLE t (a text PRIMARY KEY, b int);
-- bad
DO $$ BEGIN RAISE NOTICE '-- begins'; UPDATE t SET b = 1; END $$;
-- bad
DO $$ BEGIN RAISE NOTICE 'a /* b'; UPDATE t SET b = 1; RAISE NOTICE '*/'; END $$;
-- bad
DO 'BEGIN UPDATE t SET b = 1; END';
-- bad
DO $$ BEGIN EXECUTE 'UPDATE t SET a = ''--'''; END $$;
-- good
INSERT INTO t (a) VALUES ('DELETE FROM t'), ('UPDATE t SET b = 1');
-- good
UPDATE t SET a = 'DELETE FROM t' WHERE b = 1;
-- SK601
CREATE TABLE t (a int); CREATE FUNCTION "All"() RETURNS void LANGUAGE sql AS 'UPDATE t SET a = 1';
-- bad
SELECT "All" ();
-- bad
DO $$ BEGIN RAISE NOTICE '--'; PERFORM public."All"(); END $$;
-- good
SELECT 1 /* "All"() */;
-- SK130
CREATE TABLE t (a int, b text);
-- bad
DO $$ BEGIN RAISE NOTICE '-- now'; TRUNCATE t; END $$;
-- bad
DO $$ BEGIN EXECUTE 'TRUNCATE ' || 't'; END $$;
-- bad
DO $$ BEGIN EXECUTE format('TRUNCATE %I', 't'); END $$;
-- bad
DO $$ BEGIN CREATE TABLE u (); TRUNCATE u, ONLY "t"; END $$;
-- good
DO $$ BEGIN RAISE NOTICE 'truncate'; ALTER TABLE t ALTER a TYPE bigint; END $$;
-- good
DO $$ BEGIN PERFORM 'truncate t it was'; -- TRUNCATE t
ALTER TABLE t ADD c int; END $$;
-- SK118
CREATE TABLE t (a int, b text);
-- bad
DO $$ BEGIN RAISE NOTICE 'truncate'; ALTER TABLE t ALTER a TYPE bigint; END $$;
-- SK304
CREATE TABLE t (a int CONSTRAINT k CHECK (a > 0)); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v; CREATE TABLE u (a int PRIMARY KEY, b int CONSTRAINT x REFERENCES u);
-- bad
DROP VIEW v CASCADE /* all */;
-- bad
DROP
VIEW v
CASCADE;
-- bad
ALTER TABLE t DROP a CASCADE, ADD b int;
-- bad
DO $$ BEGIN DROP VIEW v CASCADE; END $$;
-- good
ALTER TABLE u DROP CONSTRAINT x, ADD c int, DROP b, ADD FOREIGN KEY (c) REFERENCES u ON DELETE CASCADE;
-- good
DO $$ BEGIN RAISE NOTICE 'cascade'; DROP VIEW w; DROP VIEW v; END $$;
-- SK502
CREATE TABLE "My Table" (a int); CREATE TABLE t (a int); CREATE SCHEMA s;
-- bad
ALTER TABLE "My Table" RENAME TO "Other";
-- good
ALTER TABLE "My Table" RENAME TO "Other"; CREATE VIEW "My Table" AS TABLE "Other";
-- good
ALTER TABLE t RENAME TO u; CREATE OR REPLACE VIEW/* as before */public."t" AS TABLE u;
-- bad
ALTER TABLE t RENAME TO u; -- CREATE VIEW t AS TABLE u
-- bad
ALTER TABLE t RENAME TO u; CREATE VIEW s.t AS TABLE u;
-- bad
ALTER TABLE t RENAME TO u; CREATE VIEW t AS TABLE u; ALTER TABLE "My Table" RENAME TO "T";
-- good
DO $$ BEGIN ALTER TABLE t RENAME TO u; CREATE VIEW t AS TABLE u; END $$;
-- SK604
CREATE TABLE t (a int, b int); CREATE TABLE "My Table" (a int);
-- bad
INSERT INTO "My Table" VALUES (1);
-- bad
INSERT INTO t/* all */VALUES (1, 2);
-- bad
WITH x AS (SELECT 1, 2) INSERT INTO public.t SELECT * FROM x;
-- bad
INSERT INTO t AS now (SELECT 1, 2);
-- bad
DO $$ BEGIN INSERT INTO t SELECT 1, 2; END $$;
-- good
INSERT INTO "My Table" (a) VALUES (1);
-- good
INSERT INTO t DEFAULT VALUES;
-- good
INSERT INTO t /* VALUES */ (a) SELECT 1;
-- SK406
CREATE TABLE t (a text, b text);
-- bad
ALTER TABLE t ALTER a TYPE int USING/* each */a::int;
-- good
ALTER TABLE t ADD c int; -- without USING
-- SK106
CREATE TABLE m (a int) PARTITION BY LIST (a); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);
-- bad
CREATE INDEX m_a ON /* not ON ONLY */ m (a);
-- SK605
CREATE TABLE t (a text PRIMARY KEY);
-- bad
DELETE FROM t WHERE a LIKE /* any */ '%x';
-- good
DELETE FROM t WHERE a = 'x like ''%y'; -- LIKE '%z'
-- SK126
CREATE TABLE t (a int); CREATE TABLE m (a int) PARTITION BY LIST (a); CREATE TABLE m1 (a int); CREATE TABLE m2 (a int);
-- bad
ALTER TABLE t ADD b int; ALTER TABLE t ADD c int; -- then RENAME it
-- good
ALTER TABLE t ADD b int; ALTER TABLE t DROP/**/CONSTRAINT IF EXISTS c, ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- good
ALTER TABLE m1 ADD b int, DROP b; ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1);
-- SK408
CREATE TABLE t (a int);
-- bad
CREATE TABLE IF/**/NOT EXISTS u (a int);
-- bad
ALTER TABLE t ADD IF NOT EXISTS b int;
-- good
CREATE TABLE u (a int DEFAULT length('IF NOT EXISTS ')); -- IF NOT EXISTS
-- good
ALTER TABLE t ADD b text DEFAULT ' ADD COLUMN IF NOT EXISTS ';
-- SK505
CREATE TYPE "My Mood" AS ENUM ('ok');
-- bad
ALTER TYPE "My Mood" ADD VALUE 'the day before yesterday';
-- bad
ALTER TYPE "My Mood" ADD/**/VALUE 'x' /* not AFTER 'ok' */;
-- good
ALTER TYPE "My Mood" ADD VALUE 'x' AFTER/**/'ok';
-- SK608
CREATE TABLE t (a int);
-- bad
CREATE FUNCTION f(n text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SELECT 1; SELECT ' || n; END $$;
-- good
CREATE FUNCTION f(n text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SELECT ''a||b'''; /* EXECUTE a || b */ RETURN n || n; END $$;
-- SK713
CREATE TABLE t (a int);
-- bad
CREATE FUNCTION f() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT ' SET search_path TO ' $$;
-- good
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'SECURITY DEFINER' $$;
-- SK201
CREATE TABLE t (a int);
-- bad
SET/* wait */LOCAL "Lock_Timeout" TO '0ms';
-- good
SET LOCAL lock_timeout = '2s'; RESET lock_timeout;
-- good
SET LOCAL lock_timeout = DEFAULT;
-- good
SET LOCAL lock_timeout /* = 0 */ = '2s';
-- SK202
CREATE TABLE t (a int);
-- bad
SET LOCAL statement_timeout TO '0'; ALTER TABLE t ADD b int;
-- SK704
CREATE TABLE t (a int);
-- bad
ALTER TABLE t ADD COLUMN b timestamp(3);
-- SK127
CREATE TABLE t (a int); CREATE TABLE u (a int);
-- good
ALTER TABLE t ADD COLUMN b int; ALTER TABLE t ADD COLUMN c int;
-- SK126
CREATE TABLE t (a int); CREATE TABLE u (a int);
-- good
ALTER TABLE t ADD b int, ADD c int; ALTER TABLE u ADD d int;
-- SK710
CREATE TABLE t (a int PRIMARY KEY);
-- good
CREATE TABLE u (b int PRIMARY KEY, a int REFERENCES t); CREATE INDEX u_a ON u (a, b);
