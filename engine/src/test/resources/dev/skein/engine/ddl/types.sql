-- pair: collation of a column
CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false); CREATE TABLE t (a text COLLATE ci)
-- becomes
ALTER TABLE t ALTER a TYPE text; DROP COLLATION ci; CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level1', deterministic = false); ALTER TABLE t ALTER a TYPE text COLLATE ci
-- pair: collation of a column with a default, an index, a view and a check
CREATE SCHEMA s; CREATE COLLATION s."C i" (provider = icu, locale = 'und-u-ks-level2', deterministic = false); CREATE TABLE t (a varchar(9) COLLATE s."C i" DEFAULT 'x' NOT NULL CHECK (a > 'b'), b text[] COLLATE s."C i", g text COLLATE s."C i" GENERATED ALWAYS AS (upper(a)) STORED); CREATE INDEX t_a ON t (a); CREATE VIEW v AS SELECT a FROM t
-- becomes
DROP VIEW v; DROP TABLE t; DROP COLLATION s."C i"; CREATE COLLATION s."C i" (provider = icu, locale = 'und-u-ks-level1', deterministic = false); CREATE TABLE t (a varchar(9) COLLATE s."C i" DEFAULT 'x' NOT NULL CHECK (a > 'b'), b text[] COLLATE s."C i", g text COLLATE s."C i" GENERATED ALWAYS AS (upper(a)) STORED); CREATE INDEX t_a ON t (a); CREATE VIEW v AS SELECT a FROM t
-- pair: collation of a domain, of a type and of a partition's column
CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false); CREATE DOMAIN d AS text COLLATE ci; CREATE TYPE c AS (a text COLLATE ci, b int); CREATE TABLE m (k int, v text COLLATE ci) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE t (a d)
-- becomes
DROP TABLE t; DROP TABLE m; DROP TYPE c; DROP DOMAIN d; DROP COLLATION ci; CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level1', deterministic = false); CREATE DOMAIN d AS text COLLATE ci; CREATE TYPE c AS (a text COLLATE ci, b int); CREATE TABLE m (k int, v text COLLATE ci) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE t (a d)
-- pair: collation that goes
CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false); CREATE TABLE t (a text COLLATE ci DEFAULT 'x')
-- becomes
ALTER TABLE t ALTER a TYPE text; DROP COLLATION ci
-- pair: function in the check of a domain that stands in arrays
CREATE FUNCTION ok(x int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true'; CREATE DOMAIN dd AS int CHECK (ok(VALUE)); CREATE TABLE t (a dd, b dd[] DEFAULT '{1}')
-- becomes
DROP TABLE t; DROP DOMAIN dd; DROP FUNCTION ok(int); CREATE FUNCTION ok(x int, y int DEFAULT 1) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true'; CREATE DOMAIN dd AS int CHECK (ok(VALUE)); CREATE TABLE t (a dd, b dd[] DEFAULT '{1}')
-- pair: check of a domain that stands in arrays
CREATE DOMAIN dd AS int; CREATE TABLE t (a dd, b dd[])
-- becomes
DROP TABLE t; DROP DOMAIN dd; CREATE DOMAIN dd AS int CONSTRAINT c CHECK (VALUE > 0); CREATE TABLE t (a dd, b dd[])
-- pair: not null of a domain that stands in arrays
CREATE DOMAIN "D d" AS int; CREATE TABLE t (b "D d"[])
-- becomes
DROP TABLE t; DROP DOMAIN "D d"; CREATE DOMAIN "D d" AS int NOT NULL; CREATE TABLE t (b "D d"[])
-- pair: check of a domain that stands in a type and a domain
CREATE DOMAIN dd AS int CHECK (VALUE > 0); CREATE TYPE c AS (x dd, y int); CREATE DOMAIN d2 AS dd CHECK (VALUE < 99); CREATE TABLE t (a c, b d2, e c[])
-- becomes
DROP TABLE t; DROP TYPE c; DROP DOMAIN d2; DROP DOMAIN dd; CREATE DOMAIN dd AS int CHECK (VALUE > 1); CREATE TYPE c AS (x dd, y int); CREATE DOMAIN d2 AS dd CHECK (VALUE < 99); CREATE TABLE t (a c, b d2, e c[])
-- pair: check of a domain that stands in a range
CREATE DOMAIN dd AS int CHECK (VALUE > 0); CREATE TYPE r AS RANGE (subtype = dd); CREATE TABLE t (a r, b r[])
-- becomes
DROP TABLE t; DROP TYPE r; DROP DOMAIN dd; CREATE DOMAIN dd AS int CHECK (VALUE > 1); CREATE TYPE r AS RANGE (subtype = dd); CREATE TABLE t (a r, b r[])
-- pair: function in the check of a domain in a type and an aggregate
CREATE FUNCTION ok(x int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true'; CREATE DOMAIN dd AS int CHECK (ok(VALUE)); CREATE TYPE c AS (x dd, y int); CREATE TABLE t (a dd, b c); CREATE FUNCTION sf(s dd, x int) RETURNS dd LANGUAGE sql AS 'SELECT s'; CREATE AGGREGATE ag(int) (sfunc = sf, stype = dd)
-- becomes
DROP AGGREGATE ag(int); DROP FUNCTION sf(dd, int); DROP TABLE t; DROP TYPE c; DROP DOMAIN dd; DROP FUNCTION ok(int); CREATE FUNCTION ok(x int, y int DEFAULT 1) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true'; CREATE DOMAIN dd AS int CHECK (ok(VALUE)); CREATE TYPE c AS (x dd, y int); CREATE TABLE t (a dd, b c); CREATE FUNCTION sf(s dd, x int) RETURNS dd LANGUAGE sql AS 'SELECT s'; CREATE AGGREGATE ag(int) (sfunc = sf, stype = dd)
-- pair: column of a row type that stands in an array
CREATE TABLE a (x int); CREATE TABLE b (z a[])
-- becomes
DROP TABLE b; DROP TABLE a; CREATE TABLE a (x bigint); CREATE TABLE b (z a[])
-- pair: column of a row type that stands in a column
CREATE TABLE a (x int); CREATE TABLE b (z a)
-- becomes
DROP TABLE b; DROP TABLE a; CREATE TABLE a (x bigint); CREATE TABLE b (z a)
-- pair: column of a row type that stands in a type
CREATE TABLE a (x int); CREATE TYPE c AS (z a[], n int); CREATE TABLE b (z c)
-- becomes
DROP TABLE b; DROP TYPE c; DROP TABLE a; CREATE TABLE a (x bigint); CREATE TYPE c AS (z a[], n int); CREATE TABLE b (z c)
-- pair: attribute of a type that stands in an array
CREATE TYPE c AS (x int); CREATE TABLE b (z c[], y c DEFAULT ROW(1))
-- becomes
DROP TABLE b; DROP TYPE c; CREATE TYPE c AS (x bigint); CREATE TABLE b (z c[], y c DEFAULT ROW(1))
-- pair: range type that stands in arrays and as a multirange
CREATE TYPE r_range AS RANGE (subtype = int4); CREATE TABLE t (a r_range, b r_range[], c r_multirange, d r_multirange[])
-- becomes
DROP TABLE t; DROP TYPE r_range; CREATE TYPE r_range AS RANGE (subtype = int8); CREATE TABLE t (a r_range, b r_range[], c r_multirange, d r_multirange[])
-- pair: enum type that stands in arrays and a type
CREATE TYPE e AS ENUM ('a', 'b'); CREATE TYPE c AS (x e, y e[]); CREATE TABLE t (a e[], b c, d c[])
-- becomes
DROP TABLE t; DROP TYPE c; DROP TYPE e; CREATE TYPE e AS ENUM ('a'); CREATE TYPE c AS (x e, y e[]); CREATE TABLE t (a e[], b c, d c[])
-- pair: collation in an index, a range, a policy and a key
CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false); CREATE TYPE r AS RANGE (subtype = text, collation = ci); CREATE TABLE t (a text COLLATE ci PRIMARY KEY, b text, c r, d r_multirange); CREATE TABLE u (a text COLLATE ci REFERENCES t); CREATE INDEX t_b ON t (b COLLATE ci); CREATE POLICY p ON t USING (b = 'x' COLLATE ci)
-- becomes
DROP TABLE u, t; DROP TYPE r; DROP COLLATION ci; CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level1', deterministic = false); CREATE TYPE r AS RANGE (subtype = text, collation = ci); CREATE TABLE t (a text COLLATE ci PRIMARY KEY, b text, c r, d r_multirange); CREATE TABLE u (a text COLLATE ci REFERENCES t); CREATE INDEX t_b ON t (b COLLATE ci); CREATE POLICY p ON t USING (b = 'x' COLLATE ci)
-- pair: type that stands in a column gets, loses and changes attributes
CREATE SCHEMA s; CREATE TYPE s."C c" AS ("A a" int, b text, c int); CREATE TABLE t (z s."C c", y s."C c"[] NOT NULL)
-- becomes
DROP TABLE t; DROP TYPE s."C c"; CREATE TYPE s."C c" AS (c int, d text, "A a" bigint); CREATE TABLE t (z s."C c", y s."C c"[] NOT NULL)
-- pair: row type that stands in columns under an index, a check and a view
CREATE TABLE a (x int, y text); CREATE TABLE b (z a CHECK ((z).x > 0), n int); CREATE INDEX b_z ON b (((z).x)); CREATE TABLE c (w b, v b[]); CREATE VIEW v AS SELECT (z).y, (w).n FROM b, c
-- becomes
DROP VIEW v; DROP TABLE c, b, a; CREATE TABLE a (x bigint, y varchar(9)); CREATE TABLE b (z a CHECK ((z).x > 0), n int); CREATE INDEX b_z ON b (((z).x)); CREATE TABLE c (w b, v b[]); CREATE VIEW v AS SELECT (z).y, (w).n FROM b, c
-- pair: row type that stands in a column gets and loses columns
CREATE TABLE a (x int, y text, n int); CREATE TABLE b (z a, y a[])
-- becomes
DROP TABLE b, a; CREATE TABLE a (x bigint, n int, m text); CREATE TABLE b (z a, y a[])
-- pair: domain that stands in a type of a partitioned table's column, and in a function's arguments
CREATE DOMAIN d AS int; CREATE TYPE c AS (x d[]); CREATE TABLE m (k int, v c) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE FUNCTION f(c, d[]) RETURNS c[] LANGUAGE sql AS 'SELECT ARRAY[$1]'; CREATE VIEW v AS SELECT f(v, '{1}') FROM m
-- becomes
DROP VIEW v; DROP FUNCTION f(c, d[]); DROP TABLE m; DROP TYPE c; DROP DOMAIN d; CREATE DOMAIN d AS int NOT NULL CHECK (VALUE > 0); CREATE TYPE c AS (x d[]); CREATE TABLE m (k int, v c) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE FUNCTION f(c, d[]) RETURNS c[] LANGUAGE sql AS 'SELECT ARRAY[$1]'; CREATE VIEW v AS SELECT f(v, '{1}') FROM m
-- pair: range type of a range's name with another collation, class and function
CREATE TYPE r AS RANGE (subtype = int4); CREATE TABLE t (a r, b r_multirange DEFAULT '{}')
-- becomes
DROP TABLE t; DROP TYPE r; CREATE TYPE r AS RANGE (subtype = int4, subtype_diff = int4range_subdiff); CREATE TABLE t (a r, b r_multirange DEFAULT '{}')
-- pair: collation that is made anew, of a column that leaves it for a number
CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false); CREATE TABLE t (a text COLLATE ci, b text COLLATE ci)
-- becomes
DROP TABLE t; DROP COLLATION ci; CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level1', deterministic = false); CREATE TABLE t (a int, b text COLLATE ci)
-- pair: column of a table whose rows a foreign table has
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE TABLE t (x int); CREATE FOREIGN TABLE f (r t, n int) SERVER s
-- becomes
ALTER TABLE t ALTER x TYPE bigint
