-- The kinds that every database has, as their catalogs hold them: what belongs together is joined by who asks, since a statement over
-- many catalogs takes the server longer to plan than all of these together. Nothing is printed of what is in no schema of the
-- database's own: others' temporary tables come and go.
SELECT oid::bigint, quote_ident(nspname),
    CASE WHEN nspacl IS NOT NULL THEN
        nullif((SELECT coalesce(string_agg(CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END || ' ' || x.privilege_type
                                           || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '
                                           ORDER BY pg_get_userbyid(x.grantee) COLLATE "C", x.privilege_type COLLATE "C"), '')
                FROM aclexplode(nspacl) x WHERE x.grantee <> nspowner), '') END,
    CASE WHEN oid < 16384 THEN nullif(obj_description(oid, 'pg_namespace'), 'standard public schema') END
FROM pg_namespace WHERE :schemas
;
SELECT d.classid::regclass::text, d.objid::bigint, d.refclassid::regclass::text, d.refobjid::bigint, d.refobjsubid, d.deptype::text
FROM pg_depend d
WHERE d.objid >= 16384 AND d.classid IN ('pg_class'::regclass, 'pg_namespace'::regclass)
  AND (d.deptype IN ('e', 'i') OR (d.deptype = 'a' AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0))
;
SELECT oid::bigint, oid::regclass::text, relkind::text, relpersistence::text, relrowsecurity, relforcerowsecurity, relreplident::text, relispartition,
    reltoastrelid::bigint, reloptions, relacl IS NOT NULL, CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END
FROM pg_class
WHERE oid >= 16384 AND ((relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND relnamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas)))
    OR (relkind = 't' AND reloptions IS NOT NULL))
;
SELECT a.attrelid::bigint, a.attnum::int, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END, a.attnotnull, a.atthasdef, a.attidentity::text, a.attgenerated::text,
    CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END, a.attcompression::text, a.attstattarget::int, a.attoptions, a.attfdwoptions IS NOT NULL,
    a.attacl IS NOT NULL, a.attislocal
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 JOIN pg_type t ON t.oid = a.atttypid
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'v', 'm', 'f', 'c') AND c.relnamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas))
;
SELECT adrelid::bigint, adnum::int, pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid >= 16384
;
SELECT s.seqrelid::bigint, format_type(s.seqtypid, NULL), :sequence FROM pg_sequence s
;
SELECT k.oid::bigint, k.conrelid::bigint, quote_ident(k.conname), pg_get_constraintdef(k.oid)
FROM pg_constraint k
WHERE k.conrelid >= 16384 AND k.oid >= 16384 AND k.contype IN ('c', 'f', 'p', 'u', 'x') AND k.conislocal AND k.conparentid = 0
  AND k.connamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas))
;
SELECT x.indexrelid::bigint, x.indrelid::bigint, x.indexrelid::regclass::text, quote_ident(c.relname), pg_get_indexdef(x.indexrelid), x.indisvalid, x.indisreplident,
    CASE WHEN NOT x.indisvalid THEN c.relname ~ '_cc(new|old)[0-9]*$' END
FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
WHERE x.indexrelid >= 16384 AND c.relnamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas))
;
SELECT p.oid::bigint, p.oid::regprocedure::text, p.prokind::text, CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END, pg_get_function_result(p.oid),
    pg_get_function_arguments(p.oid), p.proacl IS NOT NULL
FROM pg_proc p
WHERE p.oid >= 16384 AND p.pronamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas))
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
;
SELECT classoid::regclass::text, objoid::bigint, objsubid, description FROM pg_description WHERE objoid >= 16384
