-- pair: partition's not null, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m1 ALTER v SET NOT NULL
-- pair: partition's default, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m1 ALTER v SET DEFAULT 7
-- pair: partition's default instead of the table's, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); ALTER TABLE m ALTER v SET DEFAULT 1
-- becomes
ALTER TABLE m1 ALTER v SET DEFAULT 7
-- pair: partition without the table's default, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); ALTER TABLE m ALTER v SET DEFAULT 1
-- becomes
ALTER TABLE m1 ALTER v DROP DEFAULT
-- pair: table's default over a partition's, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); ALTER TABLE m1 ALTER v SET DEFAULT 7
-- becomes
ALTER TABLE ONLY m ALTER v SET DEFAULT 1
-- pair: partition's own index, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
CREATE INDEX own ON m1 (v)
-- pair: partition's own unique key, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m1 ADD CONSTRAINT own UNIQUE (v)
-- pair: partition's own primary key, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m1 ADD CONSTRAINT own PRIMARY KEY (v)
-- pair: partition's own check, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m1 ADD CONSTRAINT own CHECK (v > 0)
-- pair: partition's own foreign key, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE other (id int PRIMARY KEY)
-- becomes
ALTER TABLE m1 ADD CONSTRAINT own FOREIGN KEY (v) REFERENCES other
-- pair: partition's grants, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
GRANT SELECT ON m1 TO PUBLIC; GRANT UPDATE (v) ON m1 TO reader
-- pair: partition's row security, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m1 ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON m1 USING (v > 0)
-- pair: partition's options, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m1 SET (fillfactor = 60); ALTER TABLE m1 ALTER v SET STATISTICS 50
-- pair: partition's trigger, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
-- becomes
CREATE TRIGGER g BEFORE INSERT ON m1 FOR EACH ROW EXECUTE FUNCTION f()
-- pair: partition's comments, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
COMMENT ON TABLE m1 IS 'one'; COMMENT ON COLUMN m1.v IS 'value'
-- pair: partition's replica identity, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m1 REPLICA IDENTITY FULL
-- pair: partition's statistics, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
CREATE STATISTICS st ON k, v FROM m1
-- pair: partition made with its own things, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k)
-- becomes
CREATE TABLE m1 PARTITION OF m (v DEFAULT 3 NOT NULL, CONSTRAINT c CHECK (v > 1)) FOR VALUES IN (1); CREATE INDEX own ON m1 (v)
-- pair: partition of partitions, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE m21 PARTITION OF m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- pair: partition dropped with its own things, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE INDEX own ON m1 (v); ALTER TABLE m1 ALTER v SET DEFAULT 7
-- becomes
DROP TABLE m1
-- pair: partition detached with the table's index, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE INDEX i ON m (v)
-- becomes
ALTER TABLE m DETACH PARTITION m1
-- pair: partition detached with the table's keys, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); ALTER TABLE m ADD PRIMARY KEY (k); ALTER TABLE m ADD CHECK (v > 0)
-- becomes
ALTER TABLE m DETACH PARTITION m1
-- pair: partition detached with its default, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); ALTER TABLE m1 ALTER v SET DEFAULT 7; ALTER TABLE m ALTER k SET NOT NULL
-- becomes
ALTER TABLE m DETACH PARTITION m1
-- pair: table attached with index, check and default, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE INDEX i ON m (v); CREATE TABLE m1 (k int, v int DEFAULT 3, CONSTRAINT c CHECK (v > 0)); CREATE INDEX i1 ON m1 (v)
-- becomes
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- pair: partition moved to another table, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE o (k int, v int) PARTITION BY LIST (k)
-- becomes
ALTER TABLE m DETACH PARTITION m1; ALTER TABLE o ATTACH PARTITION m1 FOR VALUES IN (1, 2)
-- pair: partition of other bounds, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
ALTER TABLE m DETACH PARTITION m1; ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1, 5)
-- pair: index of a table with partitions, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE m21 PARTITION OF m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
CREATE INDEX i ON m (v)
-- pair: unique index of a table with partitions, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
CREATE UNIQUE INDEX i ON m (k, v)
-- pair: index of a table with partitions, whose columns change, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE m21 PARTITION OF m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX i ON m (v)
-- becomes
DROP INDEX i; CREATE INDEX i ON m (v DESC, k)
-- pair: index of a table with partitions dropped with its column, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); ALTER TABLE m ADD COLUMN w int; CREATE INDEX i ON m (w); CREATE INDEX j ON m1 (w DESC)
-- becomes
ALTER TABLE m DROP COLUMN w
-- pair: index attached, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE INDEX i ON ONLY m (v); CREATE INDEX i1 ON m1 (v)
-- becomes
ALTER INDEX i ATTACH PARTITION i1
-- pair: index of the table alone, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
CREATE INDEX i ON ONLY m (v)
-- pair: index of the table takes in partitions' own, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE INDEX i1 ON m1 (v)
-- becomes
CREATE INDEX i ON m (v)
-- pair: primary key of a table with partitions, plain
CREATE TABLE m (k int NOT NULL, v int NOT NULL) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE m21 PARTITION OF m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
ALTER TABLE m ADD PRIMARY KEY (k, v)
-- pair: foreign key to a table with partitions, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); ALTER TABLE m ADD PRIMARY KEY (k); CREATE TABLE c (k int)
-- becomes
ALTER TABLE c ADD CONSTRAINT fk FOREIGN KEY (k) REFERENCES m
-- pair: partition added under a foreign key, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); ALTER TABLE m ADD PRIMARY KEY (k); CREATE TABLE c (k int, CONSTRAINT fk FOREIGN KEY (k) REFERENCES m)
-- becomes
CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2)
-- pair: table with partitions and foreign keys dropped, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); ALTER TABLE m ADD PRIMARY KEY (k); CREATE TABLE c (k int, CONSTRAINT fk FOREIGN KEY (k) REFERENCES m)
-- becomes
ALTER TABLE c DROP CONSTRAINT fk; DROP TABLE m
-- pair: foreign key of a table with partitions, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE other (id int PRIMARY KEY)
-- becomes
ALTER TABLE m ADD CONSTRAINT fk FOREIGN KEY (v) REFERENCES other
-- pair: column of partitions of another type, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2) PARTITION BY HASH (k); CREATE TABLE m21 PARTITION OF m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX own ON m1 (v); ALTER TABLE m1 ALTER v SET DEFAULT 7
-- becomes
ALTER TABLE m ALTER v TYPE bigint
-- pair: column added over partitions, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE m21 PARTITION OF m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
ALTER TABLE m ADD COLUMN w text DEFAULT 'x' NOT NULL; ALTER TABLE m1 ALTER w SET DEFAULT 'y'
-- pair: view of a partition, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
CREATE VIEW vw AS SELECT v FROM m1
-- pair: column dropped under a view of a partition, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE VIEW vw AS SELECT v FROM m1
-- becomes
DROP VIEW vw; ALTER TABLE m DROP COLUMN v
-- pair: publication of a partition, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
CREATE PUBLICATION pub FOR TABLE m1
-- pair: default partition, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
CREATE TABLE m2 PARTITION OF m DEFAULT
-- pair: unlogged partition, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k)
-- becomes
CREATE UNLOGGED TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- pair: partition's not null, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
ALTER TABLE "M 1" ALTER "order" SET NOT NULL
-- pair: partition's default, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
ALTER TABLE "M 1" ALTER "order" SET DEFAULT 7
-- pair: partition's default instead of the table's, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); ALTER TABLE "M m" ALTER "order" SET DEFAULT 1
-- becomes
ALTER TABLE "M 1" ALTER "order" SET DEFAULT 7
-- pair: partition without the table's default, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); ALTER TABLE "M m" ALTER "order" SET DEFAULT 1
-- becomes
ALTER TABLE "M 1" ALTER "order" DROP DEFAULT
-- pair: table's default over a partition's, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); ALTER TABLE "M 1" ALTER "order" SET DEFAULT 7
-- becomes
ALTER TABLE ONLY "M m" ALTER "order" SET DEFAULT 1
-- pair: partition's own index, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
CREATE INDEX "OWN x" ON "M 1" ("order")
-- pair: partition's own unique key, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
ALTER TABLE "M 1" ADD CONSTRAINT "OWN x" UNIQUE ("order")
-- pair: partition's own primary key, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
ALTER TABLE "M 1" ADD CONSTRAINT "OWN x" PRIMARY KEY ("order")
-- pair: partition's own check, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
ALTER TABLE "M 1" ADD CONSTRAINT "OWN x" CHECK ("order" > 0)
-- pair: partition's own foreign key, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE TABLE "OTHER x" (id int PRIMARY KEY)
-- becomes
ALTER TABLE "M 1" ADD CONSTRAINT "OWN x" FOREIGN KEY ("order") REFERENCES "OTHER x"
-- pair: partition's grants, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
GRANT SELECT ON "M 1" TO PUBLIC; GRANT UPDATE ("order") ON "M 1" TO reader
-- pair: partition's row security, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
ALTER TABLE "M 1" ENABLE ROW LEVEL SECURITY; CREATE POLICY "P x" ON "M 1" USING ("order" > 0)
-- pair: partition's options, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
ALTER TABLE "M 1" SET (fillfactor = 60); ALTER TABLE "M 1" ALTER "order" SET STATISTICS 50
-- pair: partition's trigger, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE FUNCTION "F x"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
-- becomes
CREATE TRIGGER "G x" BEFORE INSERT ON "M 1" FOR EACH ROW EXECUTE FUNCTION "F x"()
-- pair: partition's comments, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
COMMENT ON TABLE "M 1" IS 'one'; COMMENT ON COLUMN "M 1"."order" IS 'value'
-- pair: partition's replica identity, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
ALTER TABLE "M 1" REPLICA IDENTITY FULL
-- pair: partition's statistics, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
CREATE STATISTICS "ST x" ON "K k", "order" FROM "M 1"
-- pair: partition made with its own things, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k")
-- becomes
CREATE TABLE "M 1" PARTITION OF "M m" ("order" DEFAULT 3 NOT NULL, CONSTRAINT "C x" CHECK ("order" > 1)) FOR VALUES IN (1); CREATE INDEX "OWN x" ON "M 1" ("order")
-- pair: partition of partitions, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
CREATE TABLE "M 2" PARTITION OF "M m" FOR VALUES IN (2) PARTITION BY HASH ("order"); CREATE TABLE "M21 x" PARTITION OF "M 2" FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- pair: partition dropped with its own things, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE INDEX "OWN x" ON "M 1" ("order"); ALTER TABLE "M 1" ALTER "order" SET DEFAULT 7
-- becomes
DROP TABLE "M 1"
-- pair: partition detached with the table's index, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE INDEX "I x" ON "M m" ("order")
-- becomes
ALTER TABLE "M m" DETACH PARTITION "M 1"
-- pair: partition detached with the table's keys, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); ALTER TABLE "M m" ADD PRIMARY KEY ("K k"); ALTER TABLE "M m" ADD CHECK ("order" > 0)
-- becomes
ALTER TABLE "M m" DETACH PARTITION "M 1"
-- pair: partition detached with its default, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); ALTER TABLE "M 1" ALTER "order" SET DEFAULT 7; ALTER TABLE "M m" ALTER "K k" SET NOT NULL
-- becomes
ALTER TABLE "M m" DETACH PARTITION "M 1"
-- pair: table attached with index, check and default, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE INDEX "I x" ON "M m" ("order"); CREATE TABLE "M 1" ("K k" int, "order" int DEFAULT 3, CONSTRAINT "C x" CHECK ("order" > 0)); CREATE INDEX "I1 x" ON "M 1" ("order")
-- becomes
ALTER TABLE "M m" ATTACH PARTITION "M 1" FOR VALUES IN (1)
-- pair: partition moved to another table, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE TABLE "O x" ("K k" int, "order" int) PARTITION BY LIST ("K k")
-- becomes
ALTER TABLE "M m" DETACH PARTITION "M 1"; ALTER TABLE "O x" ATTACH PARTITION "M 1" FOR VALUES IN (1, 2)
-- pair: partition of other bounds, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
ALTER TABLE "M m" DETACH PARTITION "M 1"; ALTER TABLE "M m" ATTACH PARTITION "M 1" FOR VALUES IN (1, 5)
-- pair: index of a table with partitions, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE TABLE "M 2" PARTITION OF "M m" FOR VALUES IN (2) PARTITION BY HASH ("order"); CREATE TABLE "M21 x" PARTITION OF "M 2" FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
CREATE INDEX "I x" ON "M m" ("order")
-- pair: unique index of a table with partitions, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
CREATE UNIQUE INDEX "I x" ON "M m" ("K k", "order")
-- pair: index of a table with partitions, whose columns change, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE TABLE "M 2" PARTITION OF "M m" FOR VALUES IN (2) PARTITION BY HASH ("order"); CREATE TABLE "M21 x" PARTITION OF "M 2" FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX "I x" ON "M m" ("order")
-- becomes
DROP INDEX "I x"; CREATE INDEX "I x" ON "M m" ("order" DESC, "K k")
-- pair: index of a table with partitions dropped with its column, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); ALTER TABLE "M m" ADD COLUMN "W x" int; CREATE INDEX "I x" ON "M m" ("W x"); CREATE INDEX "J x" ON "M 1" ("W x" DESC)
-- becomes
ALTER TABLE "M m" DROP COLUMN "W x"
-- pair: index attached, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE INDEX "I x" ON ONLY "M m" ("order"); CREATE INDEX "I1 x" ON "M 1" ("order")
-- becomes
ALTER INDEX "I x" ATTACH PARTITION "I1 x"
-- pair: index of the table alone, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
CREATE INDEX "I x" ON ONLY "M m" ("order")
-- pair: index of the table takes in partitions' own, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE INDEX "I1 x" ON "M 1" ("order")
-- becomes
CREATE INDEX "I x" ON "M m" ("order")
-- pair: primary key of a table with partitions, quoted
CREATE TABLE "M m" ("K k" int NOT NULL, "order" int NOT NULL) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE TABLE "M 2" PARTITION OF "M m" FOR VALUES IN (2) PARTITION BY HASH ("order"); CREATE TABLE "M21 x" PARTITION OF "M 2" FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
ALTER TABLE "M m" ADD PRIMARY KEY ("K k", "order")
-- pair: foreign key to a table with partitions, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); ALTER TABLE "M m" ADD PRIMARY KEY ("K k"); CREATE TABLE "C x" ("K k" int)
-- becomes
ALTER TABLE "C x" ADD CONSTRAINT "FK x" FOREIGN KEY ("K k") REFERENCES "M m"
-- pair: partition added under a foreign key, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); ALTER TABLE "M m" ADD PRIMARY KEY ("K k"); CREATE TABLE "C x" ("K k" int, CONSTRAINT "FK x" FOREIGN KEY ("K k") REFERENCES "M m")
-- becomes
CREATE TABLE "M 2" PARTITION OF "M m" FOR VALUES IN (2)
-- pair: table with partitions and foreign keys dropped, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); ALTER TABLE "M m" ADD PRIMARY KEY ("K k"); CREATE TABLE "C x" ("K k" int, CONSTRAINT "FK x" FOREIGN KEY ("K k") REFERENCES "M m")
-- becomes
ALTER TABLE "C x" DROP CONSTRAINT "FK x"; DROP TABLE "M m"
-- pair: foreign key of a table with partitions, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE TABLE "OTHER x" (id int PRIMARY KEY)
-- becomes
ALTER TABLE "M m" ADD CONSTRAINT "FK x" FOREIGN KEY ("order") REFERENCES "OTHER x"
-- pair: column of partitions of another type, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE TABLE "M 2" PARTITION OF "M m" FOR VALUES IN (2) PARTITION BY HASH ("K k"); CREATE TABLE "M21 x" PARTITION OF "M 2" FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX "OWN x" ON "M 1" ("order"); ALTER TABLE "M 1" ALTER "order" SET DEFAULT 7
-- becomes
ALTER TABLE "M m" ALTER "order" TYPE bigint
-- pair: column added over partitions, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE TABLE "M 2" PARTITION OF "M m" FOR VALUES IN (2) PARTITION BY HASH ("order"); CREATE TABLE "M21 x" PARTITION OF "M 2" FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
ALTER TABLE "M m" ADD COLUMN "W x" text DEFAULT 'x' NOT NULL; ALTER TABLE "M 1" ALTER "W x" SET DEFAULT 'y'
-- pair: view of a partition, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
CREATE VIEW "VW x" AS SELECT "order" FROM "M 1"
-- pair: column dropped under a view of a partition, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1); CREATE VIEW "VW x" AS SELECT "order" FROM "M 1"
-- becomes
DROP VIEW "VW x"; ALTER TABLE "M m" DROP COLUMN "order"
-- pair: publication of a partition, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
CREATE PUBLICATION "PUB x" FOR TABLE "M 1"
-- pair: default partition, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- becomes
CREATE TABLE "M 2" PARTITION OF "M m" DEFAULT
-- pair: unlogged partition, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k")
-- becomes
CREATE UNLOGGED TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1)
-- pair: partition's not null, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE s.m1 ALTER v SET NOT NULL
-- pair: partition's default, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE s.m1 ALTER v SET DEFAULT 7
-- pair: partition's default instead of the table's, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ALTER v SET DEFAULT 1
-- becomes
ALTER TABLE s.m1 ALTER v SET DEFAULT 7
-- pair: partition without the table's default, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ALTER v SET DEFAULT 1
-- becomes
ALTER TABLE s.m1 ALTER v DROP DEFAULT
-- pair: table's default over a partition's, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m1 ALTER v SET DEFAULT 7
-- becomes
ALTER TABLE ONLY s.m ALTER v SET DEFAULT 1
-- pair: partition's own index, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE INDEX own ON s.m1 (v)
-- pair: partition's own unique key, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE s.m1 ADD CONSTRAINT own UNIQUE (v)
-- pair: partition's own primary key, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE s.m1 ADD CONSTRAINT own PRIMARY KEY (v)
-- pair: partition's own check, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE s.m1 ADD CONSTRAINT own CHECK (v > 0)
-- pair: partition's own foreign key, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.other (id int PRIMARY KEY)
-- becomes
ALTER TABLE s.m1 ADD CONSTRAINT own FOREIGN KEY (v) REFERENCES s.other
-- pair: partition's grants, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
GRANT SELECT ON s.m1 TO PUBLIC; GRANT UPDATE (v) ON s.m1 TO reader
-- pair: partition's row security, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE s.m1 ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON s.m1 USING (v > 0)
-- pair: partition's options, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE s.m1 SET (fillfactor = 60); ALTER TABLE s.m1 ALTER v SET STATISTICS 50
-- pair: partition's trigger, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
-- becomes
CREATE TRIGGER g BEFORE INSERT ON s.m1 FOR EACH ROW EXECUTE FUNCTION s.f()
-- pair: partition's comments, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
COMMENT ON TABLE s.m1 IS 'one'; COMMENT ON COLUMN s.m1.v IS 'value'
-- pair: partition's replica identity, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE s.m1 REPLICA IDENTITY FULL
-- pair: partition's statistics, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE STATISTICS s.st ON k, v FROM s.m1
-- pair: partition made with its own things, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k)
-- becomes
CREATE TABLE s.m1 PARTITION OF s.m (v DEFAULT 3 NOT NULL, CONSTRAINT c CHECK (v > 1)) FOR VALUES IN (1); CREATE INDEX own ON s.m1 (v)
-- pair: partition of partitions, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE TABLE s.m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE s.m21 PARTITION OF s.m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- pair: partition dropped with its own things, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE INDEX own ON s.m1 (v); ALTER TABLE s.m1 ALTER v SET DEFAULT 7
-- becomes
DROP TABLE s.m1
-- pair: partition detached with the table's index, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE INDEX i ON s.m (v)
-- becomes
ALTER TABLE s.m DETACH PARTITION s.m1
-- pair: partition detached with the table's keys, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ADD PRIMARY KEY (k); ALTER TABLE s.m ADD CHECK (v > 0)
-- becomes
ALTER TABLE s.m DETACH PARTITION s.m1
-- pair: partition detached with its default, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m1 ALTER v SET DEFAULT 7; ALTER TABLE s.m ALTER k SET NOT NULL
-- becomes
ALTER TABLE s.m DETACH PARTITION s.m1
-- pair: table attached with index, check and default, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE INDEX i ON s.m (v); CREATE TABLE s.m1 (k int, v int DEFAULT 3, CONSTRAINT c CHECK (v > 0)); CREATE INDEX i1 ON s.m1 (v)
-- becomes
ALTER TABLE s.m ATTACH PARTITION s.m1 FOR VALUES IN (1)
-- pair: partition moved to another table, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.o (k int, v int) PARTITION BY LIST (k)
-- becomes
ALTER TABLE s.m DETACH PARTITION s.m1; ALTER TABLE s.o ATTACH PARTITION s.m1 FOR VALUES IN (1, 2)
-- pair: partition of other bounds, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE s.m DETACH PARTITION s.m1; ALTER TABLE s.m ATTACH PARTITION s.m1 FOR VALUES IN (1, 5)
-- pair: index of a table with partitions, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE s.m21 PARTITION OF s.m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
CREATE INDEX i ON s.m (v)
-- pair: unique index of a table with partitions, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE UNIQUE INDEX i ON s.m (k, v)
-- pair: index of a table with partitions, whose columns change, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE s.m21 PARTITION OF s.m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX i ON s.m (v)
-- becomes
DROP INDEX s.i; CREATE INDEX i ON s.m (v DESC, k)
-- pair: index of a table with partitions dropped with its column, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ADD COLUMN w int; CREATE INDEX i ON s.m (w); CREATE INDEX j ON s.m1 (w DESC)
-- becomes
ALTER TABLE s.m DROP COLUMN w
-- pair: index attached, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE INDEX i ON ONLY s.m (v); CREATE INDEX i1 ON s.m1 (v)
-- becomes
ALTER INDEX s.i ATTACH PARTITION s.i1
-- pair: index of the table alone, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE INDEX i ON ONLY s.m (v)
-- pair: index of the table takes in partitions' own, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE INDEX i1 ON s.m1 (v)
-- becomes
CREATE INDEX i ON s.m (v)
-- pair: primary key of a table with partitions, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int NOT NULL, v int NOT NULL) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE s.m21 PARTITION OF s.m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
ALTER TABLE s.m ADD PRIMARY KEY (k, v)
-- pair: foreign key to a table with partitions, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ADD PRIMARY KEY (k); CREATE TABLE s.c (k int)
-- becomes
ALTER TABLE s.c ADD CONSTRAINT fk FOREIGN KEY (k) REFERENCES s.m
-- pair: partition added under a foreign key, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ADD PRIMARY KEY (k); CREATE TABLE s.c (k int, CONSTRAINT fk FOREIGN KEY (k) REFERENCES s.m)
-- becomes
CREATE TABLE s.m2 PARTITION OF s.m FOR VALUES IN (2)
-- pair: table with partitions and foreign keys dropped, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ADD PRIMARY KEY (k); CREATE TABLE s.c (k int, CONSTRAINT fk FOREIGN KEY (k) REFERENCES s.m)
-- becomes
ALTER TABLE s.c DROP CONSTRAINT fk; DROP TABLE s.m
-- pair: foreign key of a table with partitions, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.other (id int PRIMARY KEY)
-- becomes
ALTER TABLE s.m ADD CONSTRAINT fk FOREIGN KEY (v) REFERENCES s.other
-- pair: column of partitions of another type, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (k); CREATE TABLE s.m21 PARTITION OF s.m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX own ON s.m1 (v); ALTER TABLE s.m1 ALTER v SET DEFAULT 7
-- becomes
ALTER TABLE s.m ALTER v TYPE bigint
-- pair: column added over partitions, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE s.m21 PARTITION OF s.m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
ALTER TABLE s.m ADD COLUMN w text DEFAULT 'x' NOT NULL; ALTER TABLE s.m1 ALTER w SET DEFAULT 'y'
-- pair: view of a partition, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE VIEW s.vw AS SELECT v FROM s.m1
-- pair: column dropped under a view of a partition, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1); CREATE VIEW s.vw AS SELECT v FROM s.m1
-- becomes
DROP VIEW s.vw; ALTER TABLE s.m DROP COLUMN v
-- pair: publication of a partition, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE PUBLICATION pub FOR TABLE s.m1
-- pair: default partition, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE TABLE s.m2 PARTITION OF s.m DEFAULT
-- pair: unlogged partition, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k)
-- becomes
CREATE UNLOGGED TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1)
-- pair: partition's not null, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE "P p".m1 ALTER v SET NOT NULL
-- pair: partition's default, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE "P p".m1 ALTER v SET DEFAULT 7
-- pair: partition's default instead of the table's, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ALTER v SET DEFAULT 1
-- becomes
ALTER TABLE "P p".m1 ALTER v SET DEFAULT 7
-- pair: partition without the table's default, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ALTER v SET DEFAULT 1
-- becomes
ALTER TABLE "P p".m1 ALTER v DROP DEFAULT
-- pair: table's default over a partition's, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE "P p".m1 ALTER v SET DEFAULT 7
-- becomes
ALTER TABLE ONLY s.m ALTER v SET DEFAULT 1
-- pair: partition's own index, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE INDEX own ON "P p".m1 (v)
-- pair: partition's own unique key, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE "P p".m1 ADD CONSTRAINT own UNIQUE (v)
-- pair: partition's own primary key, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE "P p".m1 ADD CONSTRAINT own PRIMARY KEY (v)
-- pair: partition's own check, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE "P p".m1 ADD CONSTRAINT own CHECK (v > 0)
-- pair: partition's own foreign key, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.other (id int PRIMARY KEY)
-- becomes
ALTER TABLE "P p".m1 ADD CONSTRAINT own FOREIGN KEY (v) REFERENCES s.other
-- pair: partition's grants, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
GRANT SELECT ON "P p".m1 TO PUBLIC; GRANT UPDATE (v) ON "P p".m1 TO reader
-- pair: partition's row security, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE "P p".m1 ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON "P p".m1 USING (v > 0)
-- pair: partition's options, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE "P p".m1 SET (fillfactor = 60); ALTER TABLE "P p".m1 ALTER v SET STATISTICS 50
-- pair: partition's trigger, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
-- becomes
CREATE TRIGGER g BEFORE INSERT ON "P p".m1 FOR EACH ROW EXECUTE FUNCTION s.f()
-- pair: partition's comments, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
COMMENT ON TABLE "P p".m1 IS 'one'; COMMENT ON COLUMN "P p".m1.v IS 'value'
-- pair: partition's replica identity, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE "P p".m1 REPLICA IDENTITY FULL
-- pair: partition's statistics, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE STATISTICS "P p".st ON k, v FROM "P p".m1
-- pair: partition made with its own things, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k)
-- becomes
CREATE TABLE "P p".m1 PARTITION OF s.m (v DEFAULT 3 NOT NULL, CONSTRAINT c CHECK (v > 1)) FOR VALUES IN (1); CREATE INDEX own ON "P p".m1 (v)
-- pair: partition of partitions, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE TABLE "P p".m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE "P p".m21 PARTITION OF "P p".m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- pair: partition dropped with its own things, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE INDEX own ON "P p".m1 (v); ALTER TABLE "P p".m1 ALTER v SET DEFAULT 7
-- becomes
DROP TABLE "P p".m1
-- pair: partition detached with the table's index, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE INDEX i ON s.m (v)
-- becomes
ALTER TABLE s.m DETACH PARTITION "P p".m1
-- pair: partition detached with the table's keys, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ADD PRIMARY KEY (k); ALTER TABLE s.m ADD CHECK (v > 0)
-- becomes
ALTER TABLE s.m DETACH PARTITION "P p".m1
-- pair: partition detached with its default, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE "P p".m1 ALTER v SET DEFAULT 7; ALTER TABLE s.m ALTER k SET NOT NULL
-- becomes
ALTER TABLE s.m DETACH PARTITION "P p".m1
-- pair: table attached with index, check and default, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE INDEX i ON s.m (v); CREATE TABLE "P p".m1 (k int, v int DEFAULT 3, CONSTRAINT c CHECK (v > 0)); CREATE INDEX i1 ON "P p".m1 (v)
-- becomes
ALTER TABLE s.m ATTACH PARTITION "P p".m1 FOR VALUES IN (1)
-- pair: partition moved to another table, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.o (k int, v int) PARTITION BY LIST (k)
-- becomes
ALTER TABLE s.m DETACH PARTITION "P p".m1; ALTER TABLE s.o ATTACH PARTITION "P p".m1 FOR VALUES IN (1, 2)
-- pair: partition of other bounds, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
ALTER TABLE s.m DETACH PARTITION "P p".m1; ALTER TABLE s.m ATTACH PARTITION "P p".m1 FOR VALUES IN (1, 5)
-- pair: index of a table with partitions, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE "P p".m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE "P p".m21 PARTITION OF "P p".m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
CREATE INDEX i ON s.m (v)
-- pair: unique index of a table with partitions, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE UNIQUE INDEX i ON s.m (k, v)
-- pair: index of a table with partitions, whose columns change, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE "P p".m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE "P p".m21 PARTITION OF "P p".m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX i ON s.m (v)
-- becomes
DROP INDEX s.i; CREATE INDEX i ON s.m (v DESC, k)
-- pair: index of a table with partitions dropped with its column, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ADD COLUMN w int; CREATE INDEX i ON s.m (w); CREATE INDEX j ON "P p".m1 (w DESC)
-- becomes
ALTER TABLE s.m DROP COLUMN w
-- pair: index attached, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE INDEX i ON ONLY s.m (v); CREATE INDEX i1 ON "P p".m1 (v)
-- becomes
ALTER INDEX s.i ATTACH PARTITION "P p".i1
-- pair: index of the table alone, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE INDEX i ON ONLY s.m (v)
-- pair: index of the table takes in partitions' own, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE INDEX i1 ON "P p".m1 (v)
-- becomes
CREATE INDEX i ON s.m (v)
-- pair: primary key of a table with partitions, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int NOT NULL, v int NOT NULL) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE "P p".m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE "P p".m21 PARTITION OF "P p".m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
ALTER TABLE s.m ADD PRIMARY KEY (k, v)
-- pair: foreign key to a table with partitions, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ADD PRIMARY KEY (k); CREATE TABLE s.c (k int)
-- becomes
ALTER TABLE s.c ADD CONSTRAINT fk FOREIGN KEY (k) REFERENCES s.m
-- pair: partition added under a foreign key, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ADD PRIMARY KEY (k); CREATE TABLE s.c (k int, CONSTRAINT fk FOREIGN KEY (k) REFERENCES s.m)
-- becomes
CREATE TABLE "P p".m2 PARTITION OF s.m FOR VALUES IN (2)
-- pair: table with partitions and foreign keys dropped, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); ALTER TABLE s.m ADD PRIMARY KEY (k); CREATE TABLE s.c (k int, CONSTRAINT fk FOREIGN KEY (k) REFERENCES s.m)
-- becomes
ALTER TABLE s.c DROP CONSTRAINT fk; DROP TABLE s.m
-- pair: foreign key of a table with partitions, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE s.other (id int PRIMARY KEY)
-- becomes
ALTER TABLE s.m ADD CONSTRAINT fk FOREIGN KEY (v) REFERENCES s.other
-- pair: column of partitions of another type, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE "P p".m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (k); CREATE TABLE "P p".m21 PARTITION OF "P p".m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX own ON "P p".m1 (v); ALTER TABLE "P p".m1 ALTER v SET DEFAULT 7
-- becomes
ALTER TABLE s.m ALTER v TYPE bigint
-- pair: column added over partitions, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE TABLE "P p".m2 PARTITION OF s.m FOR VALUES IN (2) PARTITION BY HASH (v); CREATE TABLE "P p".m21 PARTITION OF "P p".m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0)
-- becomes
ALTER TABLE s.m ADD COLUMN w text DEFAULT 'x' NOT NULL; ALTER TABLE "P p".m1 ALTER w SET DEFAULT 'y'
-- pair: view of a partition, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE VIEW s.vw AS SELECT v FROM "P p".m1
-- pair: column dropped under a view of a partition, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1); CREATE VIEW s.vw AS SELECT v FROM "P p".m1
-- becomes
DROP VIEW s.vw; ALTER TABLE s.m DROP COLUMN v
-- pair: publication of a partition, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE PUBLICATION pub FOR TABLE "P p".m1
-- pair: default partition, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- becomes
CREATE TABLE "P p".m2 PARTITION OF s.m DEFAULT
-- pair: unlogged partition, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k)
-- becomes
CREATE UNLOGGED TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1)
-- pair: table with partitions goes with all that hangs on them
CREATE FUNCTION d() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE mood AS ENUM ('a'); CREATE TABLE m (k int, v mood) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1) PARTITION BY HASH (k); CREATE TABLE m11 PARTITION OF m1 FOR VALUES WITH (MODULUS 1, REMAINDER 0); ALTER TABLE m11 ALTER k SET DEFAULT d(); CREATE VIEW vw AS SELECT v FROM m11; CREATE INDEX own ON m11 (k)
-- becomes
DROP VIEW vw; DROP TABLE m; DROP FUNCTION d(); DROP TYPE mood; CREATE TABLE x (i int); CREATE INDEX own ON x (i)
-- pair: view takes the name of a partition whose table goes
CREATE TABLE m (k int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)
-- becomes
DROP TABLE m; CREATE VIEW m1 AS SELECT 1 AS a
-- pair: partition stays when its table goes
CREATE TABLE m (k int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2)
-- becomes
ALTER TABLE m DETACH PARTITION m1; DROP TABLE m
-- pair: index of a table with a foreign partition
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w; CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE FOREIGN TABLE away PARTITION OF m FOR VALUES IN (2) SERVER far
-- becomes
CREATE INDEX i ON m (v)
-- pair: index of a table with partitions of another order of columns
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 (gone int, v int, k int); ALTER TABLE m1 DROP gone; ALTER TABLE m ATTACH PARTITION m1 DEFAULT
-- becomes
CREATE INDEX i ON m (v DESC, (k + 1)) WITH (fillfactor = 60) WHERE v > 0
-- pair: index of a table gets the parts that it lacks
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1); CREATE TABLE m2 PARTITION OF m FOR VALUES IN (2) PARTITION BY HASH (k); CREATE TABLE m21 PARTITION OF m2 FOR VALUES WITH (MODULUS 1, REMAINDER 0); CREATE INDEX i ON ONLY m (v); CREATE INDEX i1 ON m1 (v); ALTER INDEX i ATTACH PARTITION i1
-- becomes
CREATE INDEX i2 ON m2 (v); ALTER INDEX i ATTACH PARTITION i2
-- pair: partition made as its table's likeness
CREATE TABLE m (k int, v int DEFAULT 1 CHECK (v > 0)) PARTITION BY LIST (k); CREATE INDEX i ON m (v); CREATE STATISTICS st ON k, v FROM m; COMMENT ON COLUMN m.v IS 'value'; COMMENT ON STATISTICS st IS 'more'; COMMENT ON INDEX i IS 'part'
-- becomes
CREATE TABLE m1 (LIKE m INCLUDING ALL); ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- pair: statistics of a table with likenesses change
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE STATISTICS st ON k, v FROM m; CREATE TABLE m1 (LIKE m INCLUDING ALL); ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- becomes
DROP STATISTICS st; CREATE STATISTICS st (mcv) ON k, v FROM m; COMMENT ON COLUMN m.v IS 'value'
-- pair: partition made with its own key under a unique index, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON m (k)
-- becomes
CREATE TABLE m1 PARTITION OF m (CONSTRAINT own UNIQUE (k)) FOR VALUES IN (1)
-- pair: partition attached with its own key under a unique index, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON m (k)
-- becomes
CREATE TABLE m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- pair: primary key instead of a unique index that a partition's own key serves, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON m (k); CREATE TABLE m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- becomes
DROP INDEX m_k CASCADE; ALTER TABLE m ADD CONSTRAINT m_pk PRIMARY KEY (k)
-- pair: unique index goes that a partition's own key serves, which stays, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON m (k); CREATE TABLE m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- becomes
DROP INDEX m_k CASCADE; ALTER TABLE m1 ADD CONSTRAINT own PRIMARY KEY (k)
-- pair: unique index goes with a partition's own key that serves it, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON m (k); CREATE TABLE m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)
-- becomes
DROP INDEX m_k CASCADE
-- pair: unique index goes that an own key of a partition of a partition serves, plain
CREATE TABLE m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON m (k); CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1) PARTITION BY LIST (k); CREATE TABLE m11 (k int NOT NULL, v int, CONSTRAINT own UNIQUE (k)); ALTER TABLE m1 ATTACH PARTITION m11 FOR VALUES IN (1)
-- becomes
DROP INDEX m_k CASCADE; ALTER TABLE m ADD CONSTRAINT m_pk PRIMARY KEY (k)
-- pair: partition made with its own key under a unique index, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE UNIQUE INDEX "I x" ON "M m" ("K k")
-- becomes
CREATE TABLE "M 1" PARTITION OF "M m" (CONSTRAINT "Own key" UNIQUE ("K k")) FOR VALUES IN (1)
-- pair: partition attached with its own key under a unique index, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE UNIQUE INDEX "I x" ON "M m" ("K k")
-- becomes
CREATE TABLE "M 1" ("K k" int NOT NULL, "order" int, CONSTRAINT "Own key" PRIMARY KEY ("K k")); ALTER TABLE "M m" ATTACH PARTITION "M 1" FOR VALUES IN (1)
-- pair: primary key instead of a unique index that a partition's own key serves, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE UNIQUE INDEX "I x" ON "M m" ("K k"); CREATE TABLE "M 1" ("K k" int NOT NULL, "order" int, CONSTRAINT "Own key" PRIMARY KEY ("K k")); ALTER TABLE "M m" ATTACH PARTITION "M 1" FOR VALUES IN (1)
-- becomes
DROP INDEX "I x" CASCADE; ALTER TABLE "M m" ADD CONSTRAINT "P k" PRIMARY KEY ("K k")
-- pair: unique index goes that a partition's own key serves, which stays, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE UNIQUE INDEX "I x" ON "M m" ("K k"); CREATE TABLE "M 1" ("K k" int NOT NULL, "order" int, CONSTRAINT "Own key" PRIMARY KEY ("K k")); ALTER TABLE "M m" ATTACH PARTITION "M 1" FOR VALUES IN (1)
-- becomes
DROP INDEX "I x" CASCADE; ALTER TABLE "M 1" ADD CONSTRAINT "Own key" PRIMARY KEY ("K k")
-- pair: unique index goes with a partition's own key that serves it, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE UNIQUE INDEX "I x" ON "M m" ("K k"); CREATE TABLE "M 1" ("K k" int NOT NULL, "order" int, CONSTRAINT "Own key" PRIMARY KEY ("K k")); ALTER TABLE "M m" ATTACH PARTITION "M 1" FOR VALUES IN (1)
-- becomes
DROP INDEX "I x" CASCADE
-- pair: unique index goes that an own key of a partition of a partition serves, quoted
CREATE TABLE "M m" ("K k" int, "order" int) PARTITION BY LIST ("K k"); CREATE UNIQUE INDEX "I x" ON "M m" ("K k"); CREATE TABLE "M 1" PARTITION OF "M m" FOR VALUES IN (1) PARTITION BY LIST ("K k"); CREATE TABLE "M 1 1" ("K k" int NOT NULL, "order" int, CONSTRAINT "Own key" UNIQUE ("K k")); ALTER TABLE "M 1" ATTACH PARTITION "M 1 1" FOR VALUES IN (1)
-- becomes
DROP INDEX "I x" CASCADE; ALTER TABLE "M m" ADD CONSTRAINT "P k" PRIMARY KEY ("K k")
-- pair: partition made with its own key under a unique index, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k)
-- becomes
CREATE TABLE s.m1 PARTITION OF s.m (CONSTRAINT own UNIQUE (k)) FOR VALUES IN (1)
-- pair: partition attached with its own key under a unique index, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k)
-- becomes
CREATE TABLE s.m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE s.m ATTACH PARTITION s.m1 FOR VALUES IN (1)
-- pair: primary key instead of a unique index that a partition's own key serves, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k); CREATE TABLE s.m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE s.m ATTACH PARTITION s.m1 FOR VALUES IN (1)
-- becomes
DROP INDEX s.m_k CASCADE; ALTER TABLE s.m ADD CONSTRAINT m_pk PRIMARY KEY (k)
-- pair: unique index goes that a partition's own key serves, which stays, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k); CREATE TABLE s.m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE s.m ATTACH PARTITION s.m1 FOR VALUES IN (1)
-- becomes
DROP INDEX s.m_k CASCADE; ALTER TABLE s.m1 ADD CONSTRAINT own PRIMARY KEY (k)
-- pair: unique index goes with a partition's own key that serves it, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k); CREATE TABLE s.m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE s.m ATTACH PARTITION s.m1 FOR VALUES IN (1)
-- becomes
DROP INDEX s.m_k CASCADE
-- pair: unique index goes that an own key of a partition of a partition serves, other schema
CREATE SCHEMA s; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k); CREATE TABLE s.m1 PARTITION OF s.m FOR VALUES IN (1) PARTITION BY LIST (k); CREATE TABLE s.m11 (k int NOT NULL, v int, CONSTRAINT own UNIQUE (k)); ALTER TABLE s.m1 ATTACH PARTITION s.m11 FOR VALUES IN (1)
-- becomes
DROP INDEX s.m_k CASCADE; ALTER TABLE s.m ADD CONSTRAINT m_pk PRIMARY KEY (k)
-- pair: partition made with its own key under a unique index, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k)
-- becomes
CREATE TABLE "P p".m1 PARTITION OF s.m (CONSTRAINT own UNIQUE (k)) FOR VALUES IN (1)
-- pair: partition attached with its own key under a unique index, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k)
-- becomes
CREATE TABLE "P p".m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE s.m ATTACH PARTITION "P p".m1 FOR VALUES IN (1)
-- pair: primary key instead of a unique index that a partition's own key serves, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k); CREATE TABLE "P p".m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE s.m ATTACH PARTITION "P p".m1 FOR VALUES IN (1)
-- becomes
DROP INDEX s.m_k CASCADE; ALTER TABLE s.m ADD CONSTRAINT m_pk PRIMARY KEY (k)
-- pair: unique index goes that a partition's own key serves, which stays, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k); CREATE TABLE "P p".m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE s.m ATTACH PARTITION "P p".m1 FOR VALUES IN (1)
-- becomes
DROP INDEX s.m_k CASCADE; ALTER TABLE "P p".m1 ADD CONSTRAINT own PRIMARY KEY (k)
-- pair: unique index goes with a partition's own key that serves it, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k); CREATE TABLE "P p".m1 (k int NOT NULL, v int, CONSTRAINT own PRIMARY KEY (k)); ALTER TABLE s.m ATTACH PARTITION "P p".m1 FOR VALUES IN (1)
-- becomes
DROP INDEX s.m_k CASCADE
-- pair: unique index goes that an own key of a partition of a partition serves, partitions elsewhere
CREATE SCHEMA s; CREATE SCHEMA "P p"; CREATE TABLE s.m (k int, v int) PARTITION BY LIST (k); CREATE UNIQUE INDEX m_k ON s.m (k); CREATE TABLE "P p".m1 PARTITION OF s.m FOR VALUES IN (1) PARTITION BY LIST (k); CREATE TABLE "P p".m11 (k int NOT NULL, v int, CONSTRAINT own UNIQUE (k)); ALTER TABLE "P p".m1 ATTACH PARTITION "P p".m11 FOR VALUES IN (1)
-- becomes
DROP INDEX s.m_k CASCADE; ALTER TABLE s.m ADD CONSTRAINT m_pk PRIMARY KEY (k)
