SELECT 'schema', '', quote_ident(nspname), 'pg_namespace'::regclass, oid, 0, nspacl, 'n', nspowner, '{}'::text[]
FROM ns WHERE :whole
