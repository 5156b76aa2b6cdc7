-- Foreign keys: who refers, with which columns, to whom, to which.
SELECT format('%I.%I', cn.nspname, c.relname),
       (SELECT array_agg(quote_ident(a.attname) ORDER BY k.n)
        FROM unnest(o.conkey) WITH ORDINALITY k(num, n)
        JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.num),
       format('%I.%I', pn.nspname, p.relname),
       (SELECT array_agg(quote_ident(a.attname) ORDER BY k.n)
        FROM unnest(o.confkey) WITH ORDINALITY k(num, n)
        JOIN pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.num),
       (SELECT array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY k.n)
        FROM unnest(o.confkey) WITH ORDINALITY k(num, n)
        JOIN pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.num)
FROM pg_constraint o
JOIN pg_class c ON c.oid = o.conrelid
JOIN pg_namespace cn ON cn.oid = c.relnamespace
JOIN pg_class p ON p.oid = o.confrelid
JOIN pg_namespace pn ON pn.oid = p.relnamespace
WHERE o.contype = 'f' AND o.conparentid = 0
ORDER BY 1, 2
