-- pair: index with capitals
CREATE TABLE "Shop" (id int)
-- becomes
CREATE INDEX "IX_Shop_Id" ON "Shop" (id)
-- pair: tables of two schemas that refer to each other
-- becomes
CREATE SCHEMA s; CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE s.b (id int PRIMARY KEY REFERENCES a); ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (id) REFERENCES s.b
-- pair: partitioned table that a foreign key refers to
CREATE TABLE c (k int)
-- becomes
CREATE TABLE p (k int PRIMARY KEY) PARTITION BY LIST (k); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); ALTER TABLE c ADD CONSTRAINT c_p FOREIGN KEY (k) REFERENCES p
-- pair: partition of a table that a foreign key refers to
CREATE TABLE p (k int PRIMARY KEY) PARTITION BY LIST (k); CREATE TABLE c (k int CONSTRAINT c_p REFERENCES p)
-- becomes
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)
-- pair: an index's name moves to another table
CREATE TABLE x (a int, b int); CREATE TABLE y (a int, b int); CREATE UNIQUE INDEX u ON x (a)
-- becomes
DROP INDEX u; CREATE UNIQUE INDEX u ON y (a)
-- pair: an index's name moves to another table, with the key that refers to it
CREATE TABLE x (a int, b int); CREATE TABLE y (a int, b int); CREATE TABLE z (a int); CREATE UNIQUE INDEX u ON x (a); ALTER TABLE z ADD CONSTRAINT z_x FOREIGN KEY (a) REFERENCES x (a)
-- becomes
ALTER TABLE z DROP CONSTRAINT z_x; DROP INDEX u; CREATE UNIQUE INDEX u ON y (a); ALTER TABLE z ADD CONSTRAINT z_x FOREIGN KEY (a) REFERENCES y (a)
-- pair: a column goes with a partition's own index
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE INDEX m1_v ON m1 (v)
-- becomes
ALTER TABLE m DROP COLUMN v
-- pair: partitions that refer to each other dropped
CREATE TABLE m (k int PRIMARY KEY) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE n (k int PRIMARY KEY) PARTITION BY LIST (k); CREATE TABLE n1 PARTITION OF n FOR VALUES IN (1); ALTER TABLE m1 ADD CONSTRAINT m1_n1 FOREIGN KEY (k) REFERENCES n1; ALTER TABLE n1 ADD CONSTRAINT n1_m1 FOREIGN KEY (k) REFERENCES m1
-- becomes
ALTER TABLE m1 DROP CONSTRAINT m1_n1; ALTER TABLE n1 DROP CONSTRAINT n1_m1; DROP TABLE m; DROP TABLE n
-- pair: function of a check gets a parameter
CREATE FUNCTION ok(x int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT x > 0'; CREATE TABLE t (a int CONSTRAINT t_a_check CHECK (ok(a)))
-- becomes
ALTER TABLE t DROP CONSTRAINT t_a_check; DROP FUNCTION ok(int); CREATE FUNCTION ok(x int, y text DEFAULT 'd') RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT x > 0'; ALTER TABLE t ADD CONSTRAINT t_a_check CHECK (ok(a))
