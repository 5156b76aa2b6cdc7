--@ revision: b101
--@ revises: b100
--@ message: customers have a segment
--@ created: 2026-11-01T11:00:00Z

--@ upgrade
ALTER TABLE customers ADD COLUMN segment text;

--@ downgrade
ALTER TABLE customers DROP COLUMN segment;
