-- A tenant as it was before Skein came: a small shop.
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL,
    country char(2) NOT NULL DEFAULT 'DE',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE products (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text NOT NULL UNIQUE,
    title text NOT NULL,
    price numeric(10, 2) NOT NULL
);
CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    placed_at timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'open'
);
CREATE INDEX orders_customer ON orders (customer_id);
CREATE TABLE order_lines (
    order_id bigint NOT NULL REFERENCES orders,
    line integer NOT NULL,
    product_id bigint NOT NULL REFERENCES products,
    qty integer NOT NULL CHECK (qty > 0),
    price numeric(10, 2) NOT NULL,
    PRIMARY KEY (order_id, line)
);
INSERT INTO customers (name, email, created_at)
    SELECT 'Customer ' || n, 'customer' || n || '@example.org', timestamptz '2026-01-01' + n * interval '1 hour' FROM generate_series(1, 500) n;
INSERT INTO products (sku, title, price) SELECT 'SKU-' || n, 'Product ' || n, 5 + n % 90 FROM generate_series(1, 100) n;
INSERT INTO orders (customer_id, placed_at, status)
    SELECT 1 + n % 500, timestamptz '2026-02-01' + n * interval '10 minutes', CASE n % 3 WHEN 0 THEN 'open' WHEN 1 THEN 'shipped' ELSE 'done' END
    FROM generate_series(1, 1500) n;
INSERT INTO order_lines (order_id, line, product_id, qty, price)
    SELECT o, l, 1 + (o * 7 + l) % 100, 1 + l, 5 + (o + l) % 90 FROM generate_series(1, 1500) o, generate_series(1, 2) l;
