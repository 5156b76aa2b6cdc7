-- SK701 json-type, advice
-- what: a new column of type json
-- why: It is kept as text: it has no equality, so DISTINCT and GROUP BY fail, no index of its contents, and is read anew
--   each time.
-- instead: jsonb; keep json only where the text itself matters, with its blanks and the order of its keys.
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users ADD settings json;
-- good
ALTER TABLE users ADD settings jsonb;
-- SK702 char-type, advice
-- what: a new column of type char(n)
-- why: Values are padded with blanks, which count in some comparisons and not in others, and nothing gets faster by it.
-- instead: text, with a CHECK of its length if that matters.
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users ADD country char(2);
-- good
ALTER TABLE users ADD country text;
-- SK703 bounded-text, advice
-- what: a new column of type varchar(n)
-- why: A shorter length is hard to have later, and the bound is rarely what the data has. text is as fast.
-- instead: text, with a CHECK of its length if that matters.
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users ADD name varchar(20);
-- good
ALTER TABLE users ADD name text;
-- SK704 timestamp-without-zone, advice
-- what: a new column of type timestamp without time zone
-- why: It says a time without saying where: what moment it is depends on who reads it.
-- instead: timestamp with time zone, which is a moment and takes the same eight bytes.
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users ADD seen timestamp;
-- good
ALTER TABLE users ADD seen timestamptz;
-- SK705 small-key, advice
-- what: a primary key that counts in integer or smallint
-- why: integer ends at 2,147,483,647, and also numbers of rows that were never committed are used up. To change it then
--   writes the table anew.
-- instead: bigint
-- given
SELECT 1;
-- bad
CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
-- good
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
-- SK706 serial-column, advice
-- what: a column of type serial, or with nextval() as its default
-- why: The sequence has rights of its own, without which INSERT fails, and anybody may write a number that it gives out
--   later.
-- instead: GENERATED ALWAYS AS IDENTITY
-- given
SELECT 1;
-- bad
CREATE TABLE users (id bigserial PRIMARY KEY);
-- good
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
-- SK707 enum-type, advice
-- what: a new enum
-- why: Values can be added and renamed, but never removed, nor put into another order.
-- instead: A table of values with a foreign key, or text with a CHECK.
-- given
SELECT 1;
-- bad
CREATE TYPE state AS ENUM ('open', 'done');
-- good
CREATE TABLE state (name text PRIMARY KEY);
-- SK708 domain-constraint, warning
-- what: a constraint is added to a domain that is there, and validated at once
-- why: Every column of that type is read, in all tables, and these are kept from writers meanwhile.
-- instead: ADD CONSTRAINT … NOT VALID; VALIDATE CONSTRAINT in a revision of its own.
-- given
CREATE DOMAIN amount AS numeric;
-- bad
ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE > 0);
-- good
ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID;
-- SK709 no-primary-key, warning
-- what: a new table without a primary key
-- why: Rows that are alike cannot be told apart, and logical replication refuses to update or delete any.
-- instead: id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, or a key that the rows have anyway.
-- given
SELECT 1;
-- bad
CREATE TABLE notes (body text);
-- good
CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text);
-- SK710 unindexed-foreign-key, advice
-- what: a foreign key whose columns no index begins with
-- why: Removing a row that it refers to, or changing its key, reads the whole referring table to see whether it may.
-- instead: An index that begins with these columns.
-- given
CREATE TABLE users (id bigint PRIMARY KEY);
-- bad
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
-- good
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE INDEX notes_user ON notes (user_id);
-- SK711 needless-index, advice
-- what: an index that another one makes needless, or one of four or more columns that is not unique
-- why: Each index makes every write dearer. Of two alike one is never used, and a long one rarely fits a query better than
--   its first columns do.
-- instead: Leave it out, or index the columns that choose most.
-- given
CREATE TABLE users (id bigint, mail text); CREATE INDEX users_mail ON users (mail);
-- bad
CREATE INDEX users_mail_again ON users (mail);
-- good
CREATE INDEX users_id_mail ON users (id, mail);
-- SK713 definer-without-search-path, warning
-- what: a SECURITY DEFINER function without a search_path of its own
-- why: It finds tables and functions by the search path of who calls it, and so can be led to run another's with its
--   owner's rights.
-- instead: SET search_path = pg_catalog in the function, and names with their schema.
-- given
CREATE TABLE users (id bigint);
-- bad
CREATE FUNCTION members() RETURNS bigint SECURITY DEFINER LANGUAGE sql
    AS 'SELECT count(*) FROM users';
-- good
CREATE FUNCTION members() RETURNS bigint SECURITY DEFINER SET search_path = pg_catalog LANGUAGE sql
    AS 'SELECT count(*) FROM public.users';
-- SK714 name-too-long, error
-- what: a name of more than 63 bytes
-- why: The server cuts it and only says so in a notice. Two long names may become one, and programs ask for a name that
--   is not there.
-- instead: A shorter name.
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users ADD date_on_which_the_customer_has_last_agreed_to_the_terms_of_service date;
-- good
ALTER TABLE users ADD terms_accepted_on date;
-- SK715 name-needs-quotes, advice
-- what: a name that has to be written with quotes
-- why: Capitals, blanks and reserved words need quotes wherever the name is written, and who forgets them gets an error or
--   another object.
-- instead: Small letters, digits and underscores, and no reserved word.
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users ADD "userName" text;
-- good
ALTER TABLE users ADD user_name text;
-- SK720 long-routine, advice
-- what: a function or procedure of more than 200 lines
-- why: Nobody can read it at once, and a change of one line replaces all of it.
-- instead: Several functions, each with one job.
-- given
SELECT 1;
-- bad
DO $do$ BEGIN
    EXECUTE 'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS '
        || quote_literal('BEGIN' || repeat(E'\n', 210) || 'END');
END $do$;
-- good
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN END';
