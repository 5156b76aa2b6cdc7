-- rare EXTENSION | EXISTS (SELECT FROM pg_extension WHERE extname <> 'plpgsql')
SELECT 'extension', '', quote_ident(extname), 'pg_extension'::regclass, e.oid, 0, NULL, '', 0, ARRAY[e.extnamespace::regnamespace::text, extversion]
FROM pg_extension e WHERE extname <> 'plpgsql' AND :whole
