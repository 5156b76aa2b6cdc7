-- pair: table attached under an index, made for it
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE INDEX m_k ON m (k); CREATE TABLE m1 (k int, v int)
-- becomes
DROP TABLE m1; CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- pair: table attached under an index, with one of its own
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE INDEX m_k ON m (k); CREATE TABLE m1 (k int, v int); CREATE INDEX m1_k ON m1 (k)
-- becomes
DROP TABLE m1; CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- pair: table attached under an index, with another one of its own
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE INDEX m_k ON m (k); CREATE TABLE m1 (k int, v int); CREATE INDEX m1_v ON m1 (v)
-- becomes
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- pair: table of partitions attached under an index
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE INDEX m_k ON m (k); CREATE TABLE "M 1" (k int, v int) PARTITION BY LIST (v); CREATE TABLE m11 PARTITION OF "M 1" FOR VALUES IN (1)
-- becomes
ALTER TABLE m ATTACH PARTITION "M 1" FOR VALUES IN (1)
-- pair: table attached under a primary key
CREATE TABLE m (k int PRIMARY KEY, v int) PARTITION BY LIST (k); CREATE TABLE m1 (k int NOT NULL, v int)
-- becomes
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- pair: table attached under a primary key, nullable before
CREATE TABLE m (k int PRIMARY KEY, v int) PARTITION BY LIST (k); CREATE TABLE m1 (k int, v int)
-- becomes
DROP TABLE m1; CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- pair: table attached under a unique key
CREATE SCHEMA s; CREATE TABLE s.m (k int UNIQUE, v int) PARTITION BY LIST (k); CREATE TABLE "M 1" (k int, v int)
-- becomes
ALTER TABLE s.m ATTACH PARTITION "M 1" FOR VALUES IN (1)
-- pair: partition detached that keeps its key, which its table has no more
CREATE TABLE m (k int, v int, CONSTRAINT m_k UNIQUE (k)) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m DETACH PARTITION m1; ALTER TABLE m DROP CONSTRAINT m_k
-- pair: partition detached that keeps its index, which its table has no more
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE INDEX i ON m (v)
-- becomes
ALTER TABLE m DETACH PARTITION m1; DROP INDEX i
-- pair: partition detached that keeps its check, which its table has no more
CREATE TABLE m (k int, v int, CONSTRAINT c CHECK (v > 0)) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m DETACH PARTITION m1; ALTER TABLE m DROP CONSTRAINT c
-- pair: partition detached that keeps its foreign key, which its table has no more
CREATE TABLE o (id int PRIMARY KEY); CREATE TABLE m (k int, v int, CONSTRAINT f FOREIGN KEY (v) REFERENCES o) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m DETACH PARTITION m1; ALTER TABLE m DROP CONSTRAINT f
-- pair: partition detached that keeps its column, which its table has no more
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m DETACH PARTITION m1; ALTER TABLE m DROP COLUMN v
-- pair: partition detached without the key
CREATE TABLE m (k int PRIMARY KEY, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m DETACH PARTITION m1; ALTER TABLE m1 DROP CONSTRAINT m1_pkey
-- pair: table attached under a check
CREATE TABLE m (k int, v int CHECK (v > 0)) PARTITION BY LIST (k); CREATE TABLE m1 (k int, v int)
-- becomes
DROP TABLE m1; CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- pair: table attached under a check and not null
CREATE TABLE m (k int NOT NULL, v int, CONSTRAINT "c c" CHECK (v > 0 AND k > 0)) PARTITION BY LIST (k); CREATE TABLE m1 (v int, k int)
-- becomes
DROP TABLE m1; CREATE TABLE m1 (v int, k int NOT NULL, CONSTRAINT "c c" CHECK (v > 0 AND k > 0)); ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- pair: table attached under a foreign key
CREATE TABLE o (id int PRIMARY KEY); CREATE TABLE m (k int, v int CONSTRAINT f REFERENCES o) PARTITION BY LIST (k); CREATE TABLE m1 (k int, v int)
-- becomes
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- pair: table attached under a trigger
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TRIGGER g AFTER INSERT ON m FOR EACH ROW EXECUTE FUNCTION tf(); CREATE TABLE m1 (k int, v int)
-- becomes
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- pair: child detached without its check and default
CREATE TABLE p (a int CHECK (a > 0), b text DEFAULT 'x'); CREATE TABLE ch (a int CONSTRAINT p_a_check CHECK (a > 0), b text DEFAULT 'x'); ALTER TABLE ch INHERIT p
-- becomes
ALTER TABLE ch NO INHERIT p; ALTER TABLE ch DROP CONSTRAINT p_a_check; ALTER TABLE ch ALTER b DROP DEFAULT
-- pair: child of a parent with a column more
CREATE TABLE p (a int); CREATE TABLE ch (c int, a int)
-- becomes
CREATE TABLE p2 (z int NOT NULL); ALTER TABLE ch ADD COLUMN z int NOT NULL; ALTER TABLE ch INHERIT p; ALTER TABLE ch INHERIT p2
-- pair: child that leaves one parent of two
CREATE TABLE p (a int, b int); CREATE TABLE "Q q" (b int, z int CHECK (z > 1)); CREATE TABLE ch (a int, b int, z int CONSTRAINT "Q q_z_check" CHECK (z > 1)); ALTER TABLE ch INHERIT p; ALTER TABLE ch INHERIT "Q q"
-- becomes
ALTER TABLE ch NO INHERIT "Q q"; ALTER TABLE ch DROP COLUMN z; ALTER TABLE p ADD COLUMN n text DEFAULT 'n'
