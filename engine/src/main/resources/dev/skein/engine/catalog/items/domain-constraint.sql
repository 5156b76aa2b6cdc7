-- rare DOMAIN | EXISTS (SELECT FROM pg_type WHERE oid >= 16384 AND typtype = 'd')
SELECT 'domain constraint', k.contypid::regtype::text, quote_ident(k.conname), 'pg_constraint'::regclass, k.oid, 0, NULL, '', 0, ARRAY[pg_get_constraintdef(k.oid)]
FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid
WHERE k.oid >= 16384 AND k.contypid <> 0 AND k.contype = 'c' AND t.typnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
