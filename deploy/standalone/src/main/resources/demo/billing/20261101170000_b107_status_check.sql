--@ revision: b107
--@ revises: b106
--@ message: orders have a known status
--@ created: 2026-11-01T17:00:00Z

--@ upgrade
ALTER TABLE orders ADD CONSTRAINT orders_status CHECK (status IN ('open', 'shipped', 'done', 'cancelled')) NOT VALID;

--@ downgrade
ALTER TABLE orders DROP CONSTRAINT orders_status;
