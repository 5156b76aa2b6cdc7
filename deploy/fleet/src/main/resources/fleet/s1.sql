--@ revision: s1
--@ revises: 
--@ message: table 1
--@ created: 2026-11-01T00:00:00Z

--@ upgrade
CREATE TABLE simulated_1 (id integer PRIMARY KEY);

--@ downgrade
DROP TABLE simulated_1;
