-- rare PARTITION INHERIT INHERITS | pg_relation_size('pg_inherits') > 0
-- Where an inherited column is not as its first parent's.
SELECT 'inherited column', rel.name, quote_ident(a.attname), 'pg_class'::regclass, rel.oid, a.attnum, CASE WHEN a.attacl IS DISTINCT FROM p.attacl THEN a.attacl END, 'c', rel.relowner,
       ARRAY[CASE WHEN a.attnotnull <> p.attnotnull THEN CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END END,
           CASE WHEN NOT a.atthasdef AND p.atthasdef THEN 'none' WHEN a.attgenerated = '' AND pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM pg_get_expr(p.adbin, p.attrelid) THEN pg_get_expr(d.adbin, 0) END,
           CASE WHEN a.attstorage <> p.attstorage THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END,
           CASE WHEN a.attcompression <> p.attcompression THEN CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' ELSE 'default' END END,
           -- A new partition has no target of its table's.
           CASE WHEN a.attstattarget IS DISTINCT FROM p.attstattarget AND (a.attstattarget >= 0 OR NOT rel.relispartition) THEN coalesce(a.attstattarget, -1)::text END,
           CASE WHEN a.attoptions IS DISTINCT FROM p.attoptions THEN (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(a.attoptions) o WHERE o ~ '^n_distinct') END]
FROM rel JOIN pg_inherits i ON i.inhrelid = rel.oid
JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.attislocal
JOIN parent_column p ON p.attrelid = i.inhparent AND p.attname = a.attname
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
WHERE rel.relkind IN ('r', 'p', 'f')
  AND (a.attnotnull <> p.attnotnull OR a.atthasdef <> p.atthasdef OR d.adbin::text <> p.tree OR a.attstorage <> p.attstorage OR a.attcompression <> p.attcompression
       OR a.attstattarget IS DISTINCT FROM p.attstattarget OR a.attoptions IS DISTINCT FROM p.attoptions OR (a.attacl IS NOT NULL AND a.attacl IS DISTINCT FROM p.attacl)
       OR (rel.oid, a.attnum) IN (SELECT objoid, objsubid FROM pg_description WHERE objoid >= 16384 AND classoid = 'pg_class'::regclass))
  AND (rel.relispartition OR NOT EXISTS (SELECT FROM pg_inherits o JOIN pg_attribute oa ON oa.attrelid = o.inhparent AND oa.attname = a.attname
                  WHERE o.inhrelid = i.inhrelid AND (o.inhseqno < i.inhseqno OR (oa.attnotnull AND a.attnotnull AND NOT p.attnotnull))))
