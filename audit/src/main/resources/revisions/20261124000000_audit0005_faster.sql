--@ revision: audit0005
--@ revises: audit0004
--@ message: rows of an entry are written with it and never again, so nothing needs to look for it

--@ upgrade
ALTER TABLE body DROP CONSTRAINT body_index_fkey;
ALTER TABLE facet DROP CONSTRAINT facet_index_fkey;

--@ downgrade
ALTER TABLE body ADD FOREIGN KEY (index) REFERENCES entry;
ALTER TABLE facet ADD FOREIGN KEY (index) REFERENCES entry;
