--@ revision: f5
--@ revises: f4
--@ message: what is in stock
--@ created: 2026-11-01T00:00:00Z

--@ upgrade
CREATE VIEW in_stock AS SELECT id FROM stock WHERE n > 0;
INSERT INTO effect (revision, way) VALUES ('f5', 1);

--@ downgrade
DROP VIEW in_stock;
INSERT INTO effect (revision, way) VALUES ('f5', -1);
