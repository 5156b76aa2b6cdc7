--@ revision: s5
--@ revises: s4
--@ message: table 5
--@ created: 2026-11-05T00:00:00Z

--@ upgrade
CREATE TABLE simulated_5 (id integer PRIMARY KEY);

--@ downgrade
DROP TABLE simulated_5;
