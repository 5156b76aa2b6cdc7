-- What each revision did to this database, way by way: nothing else can count it.
CREATE TABLE effect (revision text NOT NULL, way integer NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TABLE stock (id integer PRIMARY KEY, n integer NOT NULL, note text);
INSERT INTO stock SELECT i, i % 7, 'article ' || i FROM generate_series(1, 200) AS i;
CREATE TABLE orders (id integer PRIMARY KEY, stock_id integer REFERENCES stock, n integer NOT NULL);
INSERT INTO orders SELECT i, i, i % 5 FROM generate_series(1, 100) AS i;
