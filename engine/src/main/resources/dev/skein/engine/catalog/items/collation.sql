-- rare COLLATION | EXISTS (SELECT FROM pg_collation WHERE oid >= 16384)
SELECT 'collation', '', c.oid::regcollation::text, 'pg_collation'::regclass, c.oid, 0, NULL, '', 0,
       ARRAY[CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
           coalesce(to_jsonb(c) ->> 'colliculocale', to_jsonb(c) ->> 'colllocale', c.collcollate), c.collctype, CASE WHEN NOT c.collisdeterministic THEN 'false' END]
FROM pg_collation c
WHERE c.oid >= 16384 AND c.collnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_collation'::regclass)
