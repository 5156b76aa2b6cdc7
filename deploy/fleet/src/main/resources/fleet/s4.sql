--@ revision: s4
--@ revises: s3
--@ message: table 4
--@ created: 2026-11-04T00:00:00Z

--@ upgrade
CREATE TABLE simulated_4 (id integer PRIMARY KEY);

--@ downgrade
DROP TABLE simulated_4;
