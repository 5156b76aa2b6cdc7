--@ revision: b103
--@ revises: b102
--@ message: find orders by time
--@ created: 2026-11-01T13:00:00Z
--@ transaction: none

--@ upgrade
CREATE INDEX CONCURRENTLY orders_placed_at ON orders (placed_at);

--@ downgrade
DROP INDEX CONCURRENTLY orders_placed_at;
