SELECT 'constraint', k.conrelid::regclass::text, quote_ident(k.conname), 'pg_constraint'::regclass, k.oid, 0, NULL, '', 0,
       ARRAY[pg_get_constraintdef(k.oid)]
FROM pg_constraint k WHERE k.conrelid IN (SELECT oid FROM rel) AND k.contype IN ('c', 'f', 'p', 'u', 'x') AND k.conislocal AND k.conparentid = 0 AND k.oid >= 16384
