-- pair: long names, indexes rebuilt that begin alike
CREATE TABLE t (a int, b int); CREATE INDEX a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_x ON t (a); CREATE INDEX a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_x ON t (b)
-- becomes
DROP INDEX a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_x; DROP INDEX a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_x; CREATE INDEX a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_x ON t (b); CREATE INDEX a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_x ON t (a)
-- pair: long names, as they are written and not as the server cuts them
CREATE TABLE t (a int NOT NULL, b int); CREATE INDEX a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_x_and_more ON t (a)
-- becomes
DROP INDEX a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_x; CREATE INDEX a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_x_and_more ON t (b); ALTER TABLE t ADD a_name_that_is_so_long_that_the_server_has_to_cut_it_so_third_and_more int; CREATE UNIQUE INDEX a_name_that_is_so_long_that_the_server_has_to_cut_it_so_fourth_and_more ON t (a); ALTER TABLE t ADD CONSTRAINT a_name_that_is_so_long_that_the_server_has_to_cut_it_so_fifth_and_more CHECK (a > 0)
-- pair: long names, of letters of two bytes, indexes rebuilt
CREATE TABLE t (a int, b int); CREATE INDEX "ééééééééééééééééééééééééééééééa""b" ON t (a); CREATE INDEX "ééééééééééééééééééééééééééééééa""c" ON t (b)
-- becomes
DROP INDEX "ééééééééééééééééééééééééééééééa""b"; DROP INDEX "ééééééééééééééééééééééééééééééa""c"; CREATE INDEX "ééééééééééééééééééééééééééééééa""b" ON t (b); CREATE INDEX "ééééééééééééééééééééééééééééééa""c" ON t (a)
-- pair: long names, of letters of three bytes, unique key gets a column
CREATE TABLE t (a int, b int, CONSTRAINT "€€€€€€€€€€€€€€€€€€€€éx" UNIQUE (a))
-- becomes
ALTER TABLE t DROP CONSTRAINT "€€€€€€€€€€€€€€€€€€€€éx", ADD CONSTRAINT "€€€€€€€€€€€€€€€€€€€€éx" UNIQUE (a, b)
-- pair: long names, of letters of four bytes, columns get NOT NULL
CREATE TABLE t ("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀abc" int, "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀abd" int)
-- becomes
ALTER TABLE t ALTER "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀abc" SET NOT NULL, ALTER "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀abd" SET NOT NULL
-- pair: long names, a quote where they are cut, columns get NOT NULL
CREATE TABLE t ("cccccccccccccccccccccccccccccccccccccccccccccccccc""""""""""""""""""""""""" int, "ccccccccccccccccccccccccccccccccccccccccccccccccccc""""""""""""""""""""""" int, "cccccccccccccccccccccccccccccccccccccccccccccccccccc""""""""""""""""""""" int)
-- becomes
ALTER TABLE t ALTER "cccccccccccccccccccccccccccccccccccccccccccccccccc""""""""""""""""""""""""" SET NOT NULL, ALTER "ccccccccccccccccccccccccccccccccccccccccccccccccccc""""""""""""""""""""""" SET NOT NULL, ALTER "cccccccccccccccccccccccccccccccccccccccccccccccccccc""""""""""""""""""""" SET NOT NULL
-- pair: long names, keys that begin alike change
CREATE TABLE t (a int, b int, CONSTRAINT a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_k UNIQUE (a), CONSTRAINT a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_k UNIQUE (b)); CREATE TABLE u (a int, b int, CONSTRAINT a_name_that_is_so_long_that_the_server_has_to_cut_it_so_third_k PRIMARY KEY (a))
-- becomes
ALTER TABLE t DROP CONSTRAINT a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_k, DROP CONSTRAINT a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_k, ADD CONSTRAINT a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_k UNIQUE (a, b), ADD CONSTRAINT a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_k UNIQUE (b, a); ALTER TABLE u DROP CONSTRAINT a_name_that_is_so_long_that_the_server_has_to_cut_it_so_third_k, ADD CONSTRAINT a_name_that_is_so_long_that_the_server_has_to_cut_it_so_third_k PRIMARY KEY (b)
-- pair: long names, types that begin alike lose a label
CREATE TYPE a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_t AS ENUM ('a', 'b'); CREATE TYPE a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_t AS ENUM ('a', 'b'); CREATE TABLE t (a a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_t, b a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_t[])
-- becomes
ALTER TABLE t ALTER a TYPE text, ALTER b TYPE text[]; DROP TYPE a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_t; DROP TYPE a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_t; CREATE TYPE a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_t AS ENUM ('a'); CREATE TYPE a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_t AS ENUM ('b'); ALTER TABLE t ALTER a TYPE a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_t USING a::a_name_that_is_so_long_that_the_server_has_to_cut_it_so_first_t, ALTER b TYPE a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_t[] USING b::a_name_that_is_so_long_that_the_server_has_to_cut_it_so_other_t[]
-- pair: names that are taken by what is there
CREATE TYPE e AS ENUM ('a', 'b'); CREATE TYPE e__old AS ENUM ('x'); CREATE TABLE t (a int CONSTRAINT a__not_null CHECK (a > 0), b int, "C d" int CONSTRAINT "C d__not_null" CHECK ("C d" > 0), x e, CONSTRAINT k UNIQUE (a)); CREATE INDEX i ON t (a); CREATE INDEX i__new ON t (b); CREATE TABLE k__new (n int)
-- becomes
ALTER TABLE t ALTER x TYPE text; DROP TYPE e; CREATE TYPE e AS ENUM ('a'); ALTER TABLE t ALTER x TYPE e USING x::e, ALTER a SET NOT NULL, ALTER "C d" SET NOT NULL, DROP CONSTRAINT k, ADD CONSTRAINT k UNIQUE (a, b); DROP INDEX i; CREATE INDEX i ON t (b, a)
-- pair: names that are taken by what comes
CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a)
-- becomes
DROP INDEX i; CREATE INDEX i ON t (b, a); CREATE INDEX i__new ON t (b); ALTER TABLE t ALTER a SET NOT NULL, ADD CONSTRAINT a__not_null CHECK (a > 0)
