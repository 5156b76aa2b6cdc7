-- SK210 unused-allow, advice
-- what: a file allows a rule that finds nothing in it
-- why: An old excuse hides what somebody adds later.
-- instead: Remove the line.
-- bad
--@ revision: a
--@ revises:
--@ allow: SK301 "nobody reads it"
--@ upgrade
CREATE SCHEMA reports;
--@ downgrade
DROP SCHEMA reports;
-- good
--@ revision: a
--@ revises:
--@ upgrade
CREATE SCHEMA reports;
--@ downgrade
DROP SCHEMA reports;
-- SK308 no-way-back, error
-- what: a revision has no downgrade and does not say that there is none
-- why: Whoever has to go back finds nothing that can be run, and nobody has decided that it is so.
-- instead: Write one, or say: --@ downgrade: irreversible "why"
-- bad
--@ revision: a
--@ revises:
--@ upgrade
CREATE SCHEMA reports;
--@ downgrade
-- good
--@ revision: a
--@ revises:
--@ upgrade
CREATE SCHEMA reports;
--@ downgrade
DROP SCHEMA reports;
-- SK718 several-heads, warning
-- what: a revision is one of several heads
-- why: There is no one way to go: an upgrade to the head does not know which.
-- instead: Join them: skein merge
-- bad
--@ revision: root
--@ revises:
--@ upgrade
CREATE SCHEMA shop;
--@ downgrade
DROP SCHEMA shop;
--@ revision: a
--@ revises: root
--@ upgrade
CREATE SCHEMA reports;
--@ downgrade
DROP SCHEMA reports;
--@ revision: b
--@ revises: root
--@ upgrade
CREATE SCHEMA archive;
--@ downgrade
DROP SCHEMA archive;
-- good
--@ revision: root
--@ revises:
--@ upgrade
CREATE SCHEMA shop;
--@ downgrade
DROP SCHEMA shop;
--@ revision: a
--@ revises: root
--@ upgrade
CREATE SCHEMA reports;
--@ downgrade
DROP SCHEMA reports;
--@ revision: b
--@ revises: a
--@ upgrade
CREATE SCHEMA archive;
--@ downgrade
DROP SCHEMA archive;
-- SK900 cannot-run, error
-- what: a revision cannot be run on the scratch server
-- why: It would fail on tenants, too, and what needs it cannot be judged. It can be neither allowed nor switched off.
-- instead: Mend it; skein rehearse shows what it does then. Where it needs a superuser: --superuser
-- bad
--@ revision: a
--@ revises:
--@ upgrade
CREATE TABLE users (id nonsense);
--@ downgrade
DROP TABLE users;
-- good
--@ revision: a
--@ revises:
--@ upgrade
CREATE TABLE users (id bigint PRIMARY KEY);
--@ downgrade
DROP TABLE users;
-- SK901 does-otherwise, error
-- what: a statement would do something else than is written, or change the session that runs it
-- why: SET LOCAL holds for nothing where each statement has a transaction of its own; and what resets the session takes
--   away Skein's lock. Such a file is refused before it runs.
-- instead: Remove the statement. A file that was applied may say --@ allow: SK901 "why" where it only did nothing.
-- bad
--@ revision: a
--@ revises:
--@ transaction: none
--@ upgrade
SET LOCAL search_path = public;
--@ downgrade
SELECT 1;
-- good
--@ revision: a
--@ revises:
--@ upgrade
SET LOCAL search_path = public;
--@ downgrade
SELECT 1;
