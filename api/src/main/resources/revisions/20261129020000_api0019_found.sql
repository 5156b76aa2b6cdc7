--@ revision: api0019
--@ revises: api0016
--@ message: databases and old logins found without reading all of them

--@ upgrade
-- What no agent can have accepted stood in the way of every later directive.
UPDATE fleet_database SET accepted = 0 WHERE accepted > 9007199254740991;

--@ downgrade
SELECT 1;
