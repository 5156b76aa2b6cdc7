--@ revision: s3
--@ revises: s2
--@ message: table 3
--@ created: 2026-11-03T00:00:00Z

--@ upgrade
CREATE TABLE simulated_3 (id integer PRIMARY KEY);

--@ downgrade
DROP TABLE simulated_3;
