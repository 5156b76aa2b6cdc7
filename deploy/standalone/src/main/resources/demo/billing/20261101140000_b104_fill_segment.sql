--@ revision: b104
--@ revises: b103
--@ message: every customer gets a segment
--@ created: 2026-11-01T14:00:00Z

--@ upgrade
UPDATE customers c SET segment = CASE WHEN n.orders >= 3 THEN 'regular' ELSE 'new' END
FROM (SELECT customer_id, count(*) AS orders FROM orders GROUP BY customer_id) n
WHERE n.customer_id = c.id;
UPDATE customers SET segment = 'new' WHERE segment IS NULL;

--@ verify
SELECT count(*) = 0 FROM customers WHERE segment IS NULL;

--@ downgrade
UPDATE customers SET segment = NULL;
