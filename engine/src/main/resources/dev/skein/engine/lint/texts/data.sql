-- SK401 unique-on-rows, advice
-- what: uniqueness is asked of rows that are there, and nothing looks before
-- why: It fails on every tenant where two rows are alike, maybe after hours of a rollout.
-- instead: Ask before, with --@ precheck, whether there are no duplicates.
-- given
CREATE TABLE users (mail text);
-- bad
CREATE UNIQUE INDEX users_mail ON users (mail);
-- good
CREATE INDEX users_mail ON users (mail);
-- SK402 required-column, error
-- what: a NOT NULL column without a default is added to a table in use
-- why: The rows that are there would be NULL: it fails on every tenant that has any.
-- instead: Give it a default, or add it nullable, fill it, and make it NOT NULL later.
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users ADD active boolean NOT NULL;
-- good
ALTER TABLE users ADD active boolean NOT NULL DEFAULT true;
-- SK403 not-null-on-rows, advice
-- what: a column becomes NOT NULL, and nothing looks before whether it is NULL in some row
-- why: It fails on every tenant that has such a row.
-- instead: Ask before, with --@ precheck, or have a CHECK validated that says the same.
-- given
CREATE TABLE users (mail text, name text CONSTRAINT has_name CHECK (name IS NOT NULL));
-- bad
ALTER TABLE users ALTER mail SET NOT NULL;
-- good
ALTER TABLE users ALTER name SET NOT NULL;
-- SK404 foreign-key-on-rows, advice
-- what: a foreign key is held against rows that are there, and nothing looks before
-- why: It fails on every tenant where a row refers to nothing.
-- instead: Ask before, with --@ precheck, whether there are none; NOT VALID holds for new rows only.
-- given
CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE orders (user_id bigint);
-- bad
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;
-- good
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;
-- SK405 check-on-rows, advice
-- what: a CHECK is held against rows that are there, and nothing looks before
-- why: It fails on every tenant where a row does not pass.
-- instead: Ask before, with --@ precheck, whether there are none; NOT VALID holds for new rows only.
-- given
CREATE TABLE orders (amount numeric);
-- bad
ALTER TABLE orders ADD CHECK (amount > 0);
-- good
ALTER TABLE orders ADD CHECK (amount > 0) NOT VALID;
-- SK406 cast-on-rows, advice
-- what: a column is converted by USING, with a cast that may fail, and nothing looks before
-- why: It fails on every tenant that has one value which cannot be converted.
-- instead: Ask before, with --@ precheck, whether every value can be.
-- given
CREATE TABLE users (age text, visits int);
-- bad
ALTER TABLE users ALTER age TYPE int USING age::int;
-- good
ALTER TABLE users ALTER visits TYPE bigint USING visits::bigint;
-- SK408 if-not-exists, advice
-- what: IF NOT EXISTS in CREATE or ALTER TABLE
-- why: Whatever has the name on some tenant is taken for this, whatever it is, and nobody hears of it.
-- instead: Leave it out: a revision runs once, and an error tells of a tenant that differs.
-- given
CREATE TABLE users (id bigint);
-- bad
ALTER TABLE users ADD COLUMN IF NOT EXISTS mail text;
-- good
ALTER TABLE users ADD COLUMN mail text;
