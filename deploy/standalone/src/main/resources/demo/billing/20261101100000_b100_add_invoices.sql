--@ revision: b100
--@ message: invoices and their items
--@ created: 2026-11-01T10:00:00Z

--@ precheck
SELECT to_regclass('public.orders') IS NOT NULL;

--@ upgrade
CREATE TABLE invoices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    issued_at timestamptz NOT NULL DEFAULT now(),
    paid_at timestamptz
);
CREATE TABLE invoice_items (
    invoice_id bigint NOT NULL REFERENCES invoices,
    line integer NOT NULL,
    amount numeric(12, 2) NOT NULL,
    PRIMARY KEY (invoice_id, line)
);

--@ downgrade
DROP TABLE invoice_items, invoices;
