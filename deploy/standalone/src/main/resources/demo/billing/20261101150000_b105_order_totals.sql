--@ revision: b105
--@ revises: b104
--@ message: a view of order totals
--@ created: 2026-11-01T15:00:00Z

--@ upgrade
CREATE VIEW order_totals AS
    SELECT o.id AS order_id, o.customer_id, sum(l.quantity * l.price) AS total
    FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY o.id;

--@ downgrade
DROP VIEW order_totals;
