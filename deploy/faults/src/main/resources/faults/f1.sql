--@ revision: f1
--@ revises: 
--@ message: invoices
--@ created: 2026-11-01T00:00:00Z

--@ upgrade
CREATE TABLE invoice (id integer PRIMARY KEY, stock_id integer REFERENCES stock, amount numeric);
INSERT INTO effect (revision, way) VALUES ('f1', 1);
SELECT pg_sleep(0.1);

--@ downgrade
DROP TABLE invoice;
INSERT INTO effect (revision, way) VALUES ('f1', -1);
