--@ revision: s2
--@ revises: s1
--@ message: table 2
--@ created: 2026-11-02T00:00:00Z

--@ upgrade
CREATE TABLE simulated_2 (id integer PRIMARY KEY);

--@ downgrade
DROP TABLE simulated_2;
