--@ revision: f4
--@ revises: f3
--@ message: invoices have a colour
--@ created: 2026-11-01T00:00:00Z

--@ upgrade
ALTER TABLE invoice ADD COLUMN colour text;
INSERT INTO effect (revision, way) VALUES ('f4', 1);
SELECT pg_sleep(0.1);

--@ downgrade
ALTER TABLE invoice DROP COLUMN colour;
SELECT pg_sleep(0.1);
INSERT INTO effect (revision, way) VALUES ('f4', -1);
