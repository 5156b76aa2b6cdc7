--@ revision: u200
--@ revises: b108
--@ message: nobody shares an email address
--@ created: 2026-11-02T10:00:00Z

--@ upgrade
CREATE UNIQUE INDEX customers_email ON customers (email);

--@ downgrade
DROP INDEX customers_email;
