-- Who may do what with relations, columns and functions, besides the owner, if not as usual.
SELECT class, id, sub, nullif(coalesce((SELECT string_agg(CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END || ' ' || x.privilege_type
                                   || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '
                                   ORDER BY pg_get_userbyid(x.grantee) COLLATE "C", x.privilege_type COLLATE "C")
                FROM aclexplode(acl) x WHERE x.grantee <> owner), ''), usual) AS said
FROM (SELECT 'pg_class', oid::bigint, 0, relacl, relowner, '' FROM pg_class WHERE oid >= 16384 AND relacl IS NOT NULL
      UNION ALL
      SELECT 'pg_class', a.attrelid::bigint, a.attnum::int, a.attacl, c.relowner, '' FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE a.attrelid >= 16384 AND a.attacl IS NOT NULL
      UNION ALL
      SELECT 'pg_proc', oid::bigint, 0, proacl, proowner, 'PUBLIC EXECUTE' FROM pg_proc WHERE oid >= 16384 AND proacl IS NOT NULL) AS held(class, id, sub, acl, owner, usual)
