-- The kinds that every database has, as their catalogs hold them: what belongs together is joined by who asks, since a statement over
-- many catalogs takes the server longer to plan than all of these together. Nothing is printed of what is in no schema of the
-- database's own: others' temporary tables come and go.
SELECT oid::bigint AS id, quote_ident(nspname) AS name,
    CASE WHEN nspacl IS NOT NULL THEN
        nullif((SELECT coalesce(string_agg(CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END || ' ' || x.privilege_type
                                           || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', '
                                           ORDER BY pg_get_userbyid(x.grantee) COLLATE "C", x.privilege_type COLLATE "C"), '')
                FROM aclexplode(nspacl) x WHERE x.grantee <> nspowner), '') END AS grants,
    CASE WHEN oid < 16384 THEN nullif(obj_description(oid, 'pg_namespace'), 'standard public schema') END AS comment
FROM pg_namespace WHERE :schemas
;
SELECT d.classid::regclass::text AS class, d.objid::bigint AS id, d.refclassid::regclass::text AS onclass, d.refobjid::bigint AS onid, d.refobjsubid AS onsub,
    d.deptype::text AS how
FROM pg_depend d
WHERE d.objid >= 16384 AND d.classid IN ('pg_class'::regclass, 'pg_namespace'::regclass)
  AND (d.deptype IN ('e', 'i') OR (d.deptype = 'a' AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0))
;
SELECT oid::bigint AS id, oid::regclass::text AS name, relkind::text AS kind, relpersistence::text AS persistence, relrowsecurity AS secured,
    relforcerowsecurity AS forced, relreplident::text AS replident, relispartition AS part, reltoastrelid::bigint AS toast, reloptions AS options,
    relacl IS NOT NULL AS granted, CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END AS definition
FROM pg_class
WHERE oid >= 16384 AND ((relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND relnamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas)))
    OR (relkind = 't' AND reloptions IS NOT NULL))
;
SELECT a.attrelid::bigint AS relation, a.attnum::int AS num, quote_ident(a.attname) AS name, format_type(a.atttypid, a.atttypmod) AS type,
    CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END AS collation, a.attnotnull AS notnull, a.atthasdef AS hasdefault,
    a.attidentity::text AS identity, a.attgenerated::text AS generated, CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END AS storage,
    a.attcompression::text AS compression, a.attstattarget::int AS target, a.attoptions AS options, a.attfdwoptions IS NOT NULL AS foreignly,
    a.attacl IS NOT NULL AS granted, a.attislocal AS local
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 JOIN pg_type t ON t.oid = a.atttypid
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'v', 'm', 'f', 'c') AND c.relnamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas))
;
-- It waits for whoever has locked the table: only what is the database's own is asked.
SELECT adrelid::bigint AS relation, adnum::int AS num, pg_get_expr(adbin, adrelid) AS expression
FROM pg_attrdef
WHERE adrelid >= 16384
  AND adrelid IN (SELECT oid FROM pg_class WHERE relnamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas)))
;
SELECT s.seqrelid::bigint AS id, format_type(s.seqtypid, NULL) AS type, :sequence AS options FROM pg_sequence s
;
SELECT k.oid::bigint AS id, k.conrelid::bigint AS relation, quote_ident(k.conname) AS name, pg_get_constraintdef(k.oid) AS definition
FROM pg_constraint k
WHERE k.conrelid >= 16384 AND k.oid >= 16384 AND k.contype IN ('c', 'f', 'p', 'u', 'x') AND k.conislocal AND k.conparentid = 0
  AND k.connamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas))
;
SELECT x.indexrelid::bigint AS id, x.indrelid::bigint AS relation, x.indexrelid::regclass::text AS name, quote_ident(c.relname) AS bare,
    -- So does this; what is behind a constraint is told by that.
    CASE WHEN x.indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))
        THEN pg_get_indexdef(x.indexrelid) END AS definition, x.indisvalid AS valid, x.indisreplident AS replident,
    CASE WHEN NOT x.indisvalid THEN c.relname ~ '_cc(new|old)[0-9]*$' END AS upkeep
FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
WHERE x.indexrelid >= 16384 AND c.relnamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas))
;
SELECT p.oid::bigint AS id, p.oid::regprocedure::text AS name, p.prokind::text AS kind, CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END AS definition,
    pg_get_function_result(p.oid) AS result, pg_get_function_arguments(p.oid) AS arguments, p.proacl IS NOT NULL AS granted
FROM pg_proc p
WHERE p.oid >= 16384 AND p.pronamespace = ANY (ARRAY(SELECT oid FROM pg_namespace WHERE :schemas))
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
;
SELECT classoid::regclass::text AS class, objoid::bigint AS id, objsubid AS sub, description AS said FROM pg_description WHERE objoid >= 16384
