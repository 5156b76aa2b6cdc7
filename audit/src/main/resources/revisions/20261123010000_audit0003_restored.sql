--@ revision: audit0003
--@ revises: audit0002
--@ message: histories that begin behind another incarnation

--@ upgrade
-- What an entry goes on from, where that is not the entry before it in its own source.
ALTER TABLE entry ADD COLUMN prev bytea;

--@ downgrade: irreversible "exports could not be verified without it"
