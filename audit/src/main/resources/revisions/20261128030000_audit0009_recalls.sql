--@ revision: audit0009
--@ revises: audit0008
--@ message: decisions that are missing are asked for again

--@ upgrade
-- When what is missing was asked for last; null for never.
ALTER TABLE source ADD COLUMN asked_at timestamptz;

--@ downgrade
ALTER TABLE source DROP COLUMN asked_at;
