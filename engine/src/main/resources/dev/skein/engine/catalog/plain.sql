), plain_item(kind, relation, name, class, id, sub, attributes) AS MATERIALIZED (
    SELECT kind, relation, name, class, id, sub,
           attributes || CASE WHEN (kind <> 'schema' OR id >= 16384) AND EXISTS (SELECT FROM pg_description WHERE objoid >= 16384) THEN
               (SELECT d.description FROM pg_description d WHERE d.objoid = id AND d.classoid = class AND d.objsubid = sub AND d.objoid >= 16384)
               WHEN :besides AND kind = 'schema' AND id < 16384 THEN nullif(obj_description(id, 'pg_namespace'), 'standard public schema') END || CASE WHEN acl IS NOT NULL THEN
               nullif(coalesce((SELECT string_agg(CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END || ' ' || x.privilege_type
                                                  || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '
                                                  ORDER BY pg_get_userbyid(x.grantee) COLLATE "C", x.privilege_type COLLATE "C")
                                FROM aclexplode(acl) x WHERE x.grantee <> owner), ''),
                      CASE rights WHEN 'f' THEN 'PUBLIC EXECUTE' WHEN 'T' THEN 'PUBLIC USAGE' WHEN 'd' THEN NULL ELSE '' END) END
    FROM item
