-- SK501 rename-column, error
-- what: a column of a table in use gets another name
-- why: Programs that still say the old name fail at once, and no moment fits all of them.
-- instead: Add a column, write to both, fill it in batches, and drop the old one some revisions later.
-- given
CREATE TABLE users (mail text);
-- bad
ALTER TABLE users RENAME mail TO email;
-- good
ALTER TABLE users ADD email text;
-- SK502 rename-table, error
-- what: a table in use gets another name
-- why: Programs that still say the old name fail at once.
-- instead: CREATE VIEW with the old name in the same revision; a simple view can be written to as well.
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users RENAME TO accounts;
-- good
ALTER TABLE users RENAME TO accounts; CREATE VIEW users AS TABLE accounts;
-- SK503 rename-schema, error
-- what: a schema gets another name
-- why: Whoever writes its old name, or has it in the search path, fails at once.
-- instead: A new schema, with views of the old names, until nobody uses them.
-- given
CREATE SCHEMA sales; CREATE TABLE sales.orders (id bigint);
-- bad
ALTER SCHEMA sales RENAME TO shop;
-- good
CREATE SCHEMA shop; CREATE VIEW shop.orders AS TABLE sales.orders;
-- SK504 rename-enum-value, error
-- what: a value of an enum gets another name
-- why: Programs that write or compare the old name fail at once.
-- instead: Add the new value, write it, change the rows in batches, and leave the old one.
-- given
CREATE TYPE state AS ENUM ('open', 'done');
-- bad
ALTER TYPE state RENAME VALUE 'done' TO 'closed';
-- good
ALTER TYPE state ADD VALUE 'closed' AFTER 'done';
-- SK505 enum-value-order, advice
-- what: an enum gets a value, and nothing says where in the order
-- why: It comes last. ORDER BY and comparisons follow the order of the values, and it cannot be changed later.
-- instead: Say BEFORE or AFTER which value, even where that is the last one.
-- given
CREATE TYPE state AS ENUM ('open', 'done');
-- bad
ALTER TYPE state ADD VALUE 'waiting';
-- good
ALTER TYPE state ADD VALUE 'waiting' AFTER 'open';
-- SK506 change-type, warning
-- what: a column of a table in use gets another type
-- why: Clients that have prepared statements or read it as the old type may fail; plans are made anew.
-- instead: See that every client can read both, or add a column of the new type.
-- given
CREATE TABLE users (zip int);
-- bad
ALTER TABLE users ALTER zip TYPE text;
-- good
ALTER TABLE users ADD zip_code text;
-- SK507 dropped-view-or-function, warning
-- what: a view or function in use is gone, or gives other columns or another result
-- why: Who uses it fails at once, or reads what it does not expect.
-- instead: Leave it beside the new one until nobody uses it.
-- given
CREATE TABLE users (id bigint, mail text); CREATE VIEW members AS SELECT id FROM users;
-- bad
DROP VIEW members;
-- good
CREATE VIEW people AS SELECT id, mail FROM users;
-- SK508 drop-default, advice
-- what: a column of a table in use loses its default
-- why: Who leaves the column out gets NULL from then on, or an error where it is NOT NULL.
-- instead: See first that every client names the column.
-- given
CREATE TABLE users (active boolean DEFAULT true);
-- bad
ALTER TABLE users ALTER active DROP DEFAULT;
-- good
ALTER TABLE users ALTER active SET DEFAULT false;
