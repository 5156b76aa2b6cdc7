--@ revision: b108
--@ revises: b107
--@ message: the known status holds for old orders, too
--@ created: 2026-11-01T18:00:00Z

--@ upgrade
ALTER TABLE orders VALIDATE CONSTRAINT orders_status;

--@ downgrade
ALTER TABLE orders DROP CONSTRAINT orders_status;
ALTER TABLE orders ADD CONSTRAINT orders_status CHECK (status IN ('open', 'shipped', 'done', 'cancelled')) NOT VALID;
