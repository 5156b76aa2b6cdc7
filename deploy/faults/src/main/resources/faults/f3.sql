--@ revision: f3
--@ revises: f2
--@ message: find stock by number
--@ created: 2026-11-01T00:00:00Z
--@ transaction: none

--@ upgrade
CREATE INDEX CONCURRENTLY stock_n ON stock (n);

--@ downgrade
DROP INDEX CONCURRENTLY stock_n;
