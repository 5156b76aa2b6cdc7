-- SK301 drop-table, error
-- what: a table in use is dropped
-- why: Every row is gone, and clients that still know the table fail at once. The downgrade can bring back the table, not
--   the rows.
-- instead: Stop using it, rename it, and drop it some revisions later.
-- given
CREATE TABLE users (id bigint);
-- bad
DROP TABLE users;
-- good
CREATE TABLE scratch (id bigint); DROP TABLE scratch;
-- SK302 drop-column, error
-- what: a column is dropped, or gets a type whose new value does not come of the old one
-- why: Every value of it is gone, and clients that still name it fail. The downgrade cannot bring the values back.
-- instead: Stop using it first, and drop it some revisions later. A computed column loses nothing.
-- given
CREATE TABLE users (id bigint, mail text, twice bigint GENERATED ALWAYS AS (id * 2) STORED);
-- bad
ALTER TABLE users DROP COLUMN mail;
-- good
ALTER TABLE users DROP COLUMN twice;
-- SK303 drop-schema, error
-- what: a schema is dropped
-- why: With CASCADE all that is in it is gone, whatever a tenant has put there; and who has it in the search path finds
--   other objects, or none.
-- instead: Drop what is in it by name, and see what that is.
-- given
CREATE SCHEMA reports;
-- bad
DROP SCHEMA reports;
-- good
CREATE SCHEMA archive;
-- SK304 cascade, warning
-- what: DROP … CASCADE took along more than it names
-- why: CASCADE drops whatever depends on the object, and that may be more on a tenant than on your desk.
-- instead: Name each object that is to go, in order.
-- given
CREATE TABLE users (id bigint); CREATE VIEW members AS SELECT id FROM users;
-- bad
DROP TABLE users CASCADE;
-- good
DROP VIEW members; DROP TABLE users;
-- SK305 drop-constraint, warning
-- what: a constraint is dropped, and none of its kind takes its place
-- why: Nothing guards the rule any more. Rows that break it may be there before somebody wants it back.
-- instead: Say in the message why that is right, or put another one in its place.
-- given
CREATE TABLE orders (amount numeric CONSTRAINT positive CHECK (amount > 0));
-- bad
ALTER TABLE orders DROP CONSTRAINT positive;
-- good
ALTER TABLE orders DROP CONSTRAINT positive, ADD CONSTRAINT positive CHECK (amount >= 0) NOT VALID;
-- SK306 drop-not-null, warning
-- what: a column of a table in use may be NULL from now on
-- why: Programs that read it may not expect NULL, and the way back fails once there is one.
-- instead: Keep NOT NULL and give the column a default.
-- given
CREATE TABLE users (name text NOT NULL);
-- bad
ALTER TABLE users ALTER name DROP NOT NULL;
-- good
ALTER TABLE users ALTER name SET DEFAULT '';
-- SK307 narrower-type, error
-- what: a column gets a type that does not hold every value of the old one
-- why: It fails on the first tenant with a value that is too long or too large, or rounds what it has.
-- instead: Ask before, with --@ precheck, that no value is too long or too large; or keep the type and add a CHECK.
-- given
CREATE TABLE users (name varchar(9));
-- bad
ALTER TABLE users ALTER name TYPE varchar(5);
-- good
ALTER TABLE users ALTER name TYPE varchar(20);
-- SK309 drop-type, warning
-- what: a type, domain or extension is gone, or another one has its name
-- why: What a tenant has made with it fails or goes, and clients that know its values cannot read the new ones.
-- instead: See first who uses it, in every tenant.
-- given
CREATE TYPE mood AS ENUM ('ok');
-- bad
DROP TYPE mood;
-- good
ALTER TYPE mood RENAME TO feeling;
