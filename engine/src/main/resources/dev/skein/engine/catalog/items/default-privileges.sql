-- rare PRIVILEGES | pg_relation_size('pg_default_acl') > 0
SELECT 'default privileges', CASE WHEN d.defaclnamespace <> 0 THEN d.defaclnamespace::regnamespace::text ELSE '' END,
       quote_ident(pg_get_userbyid(d.defaclrole)) || ' ' || CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END,
       'pg_default_acl'::regclass, d.oid, 0, d.defaclacl, 'd', CASE WHEN d.defaclnamespace = 0 THEN d.defaclrole ELSE 0 END, '{}'
FROM pg_default_acl d WHERE CASE WHEN d.defaclnamespace = 0 THEN :whole ELSE d.defaclnamespace = ANY (ARRAY(SELECT oid FROM ns)) END
