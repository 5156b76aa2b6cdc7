-- What partitions and children have as parts of what their table has: constraints and indexes that they keep when they leave. Those that
-- are the partition's own all the same, whose index only serves its table's, say so. With the index that each index is a part of.
SELECT 'constraint', k.conrelid::regclass::text, quote_ident(k.conname), pg_get_constraintdef(k.oid), coalesce(i.inhparent::regclass::text, ''), k.conislocal
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid AND (c.relispartition OR k.coninhcount > 0)
LEFT JOIN pg_inherits i ON i.inhrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
WHERE k.oid >= 16384 AND k.contype IN ('c', 'f', 'p', 'u', 'x') AND (i.inhparent IS NOT NULL OR NOT k.conislocal)
  AND (k.contype <> 'f' OR EXISTS (SELECT FROM pg_constraint p WHERE p.oid = k.conparentid AND p.conrelid <> k.conrelid))
UNION ALL
SELECT 'index', x.indrelid::regclass::text, x.indexrelid::regclass::text, pg_get_indexdef(x.indexrelid), i.inhparent::regclass::text, false
FROM pg_index x
JOIN pg_inherits i ON i.inhrelid = x.indexrelid
WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
