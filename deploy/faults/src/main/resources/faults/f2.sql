--@ revision: f2
--@ revises: f1
--@ message: one more of everything
--@ created: 2026-11-01T00:00:00Z

--@ upgrade
UPDATE stock SET n = n + 1;
SELECT pg_sleep(0.2);
UPDATE orders SET n = n + 1;
INSERT INTO effect (revision, way) VALUES ('f2', 1);

--@ downgrade
UPDATE stock SET n = n - 1;
UPDATE orders SET n = n - 1;
INSERT INTO effect (revision, way) VALUES ('f2', -1);
