-- rare POLICY | pg_relation_size('pg_policy') > 0
SELECT 'policy', p.polrelid::regclass::text, quote_ident(p.polname), 'pg_policy'::regclass, p.oid, 0, NULL, '', 0,
       ARRAY[CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
           CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
           (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END, ', ' ORDER BY pg_get_userbyid(r)) FROM unnest(p.polroles) r),
           pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)]
FROM pg_policy p WHERE p.polrelid IN (SELECT oid FROM rel)
