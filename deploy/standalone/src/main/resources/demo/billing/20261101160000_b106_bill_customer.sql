--@ revision: b106
--@ revises: b105
--@ message: a function that bills a customer
--@ created: 2026-11-01T16:00:00Z

--@ upgrade
CREATE FUNCTION bill_customer(customer bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    invoice bigint;
BEGIN
    INSERT INTO invoices (customer_id) VALUES (customer) RETURNING id INTO invoice;
    INSERT INTO invoice_items (invoice_id, line, amount)
        SELECT invoice, row_number() OVER (ORDER BY order_id), total FROM order_totals WHERE customer_id = customer;
    RETURN invoice;
END;
$$;

--@ verify
SELECT count(*) = 1 FROM pg_proc WHERE proname = 'bill_customer';

--@ downgrade
DROP FUNCTION bill_customer(bigint);
