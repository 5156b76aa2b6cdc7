--@ revision: b102
--@ revises: b101
--@ message: qty becomes quantity
--@ created: 2026-11-01T12:00:00Z

--@ upgrade
ALTER TABLE order_lines RENAME COLUMN qty TO quantity;

--@ downgrade
ALTER TABLE order_lines RENAME COLUMN quantity TO qty;
