--@ revision: audit0015
--@ revises: audit0014
--@ message: every entry is in the first part

--@ upgrade
-- Reads the tables once; who appends and who reads go on meanwhile. With this, nothing is read again when they
-- become the first part.
ALTER TABLE facet VALIDATE CONSTRAINT facet_in_part;
ALTER TABLE body VALIDATE CONSTRAINT body_in_part;
ALTER TABLE entry VALIDATE CONSTRAINT entry_in_part;

--@ downgrade
-- That it was looked at takes nothing away.
SELECT 1;
