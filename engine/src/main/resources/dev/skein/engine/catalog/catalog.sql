-- User objects have OIDs from 16384 on: the bound turns scans of the system's own rows into index look-ups.
WITH ext AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
), ns AS MATERIALIZED (
    SELECT oid, nspname FROM pg_namespace WHERE :schemas
), rel AS MATERIALIZED (
    SELECT oid, oid::regclass::text AS name, relkind, relpersistence, relrowsecurity, relforcerowsecurity,
           relacl, relowner, reloptions, relispartition, relpartbound, relreplident
    FROM pg_class c
    WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
      AND relnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND oid >= 16384 AND oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
), item(kind, name, definition) AS (
    SELECT 'schema', quote_ident(nspname), '' FROM ns WHERE :whole
    UNION ALL
    SELECT 'extension', quote_ident(extname), extversion FROM pg_extension WHERE extname <> 'plpgsql' AND :whole
    UNION ALL
    SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                        WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'composite type' END,
           name,
           concat_ws(' ', relpersistence, CASE WHEN relkind IN ('r', 'p') AND relreplident <> 'd' THEN 'replica identity ' || relreplident::text END,
               CASE WHEN relrowsecurity THEN 'rls' END, CASE WHEN relforcerowsecurity THEN 'force rls' END,
               CASE WHEN reloptions IS NOT NULL THEN (SELECT string_agg(o, ',' ORDER BY o COLLATE "C") FROM unnest(reloptions) o) END,
               CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END,
               CASE WHEN relkind = 'p' THEN pg_get_partkeydef(oid) END,
               CASE WHEN relispartition THEN pg_get_expr(relpartbound, oid) END)
    FROM rel
    UNION ALL
    SELECT 'sequence options', s.seqrelid::regclass::text,
           concat_ws(' ', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
    FROM pg_sequence s WHERE s.seqrelid IN (SELECT oid FROM rel)
    UNION ALL
    SELECT 'column', rel.name || '.' || quote_ident(a.attname),
           concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
               CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation END,
               nullif(a.attidentity, ''), nullif(a.attgenerated, ''), nullif(a.attcompression, ''),
               CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || a.attstorage::text END,
               CASE WHEN a.atthasdef THEN 'default ' || (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END)
    FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE rel.relkind IN ('r', 'p', 'f', 'c', 'v', 'm')
    UNION ALL
    SELECT 'constraint', k.conrelid::regclass || '.' || quote_ident(k.conname),
           concat_ws(' ', pg_get_constraintdef(k.oid), CASE WHEN NOT k.convalidated THEN 'unvalidated' END)
    FROM pg_constraint k WHERE k.conrelid IN (SELECT oid FROM rel) AND k.contype <> 'n' AND k.oid >= 16384
    UNION ALL
    SELECT 'index', x.indexrelid::regclass::text,
           concat_ws(' ', pg_get_indexdef(x.indexrelid, 0, true), CASE WHEN NOT x.indisvalid THEN 'invalid' END,
               CASE WHEN x.indisreplident THEN 'replica identity' END)
    FROM pg_index x WHERE x.indrelid IN (SELECT oid FROM rel) AND x.indexrelid >= 16384
    UNION ALL
    SELECT 'trigger', g.tgrelid::regclass || '.' || quote_ident(g.tgname), concat_ws(' ', pg_get_triggerdef(g.oid, true), g.tgenabled)
    FROM pg_trigger g WHERE NOT g.tgisinternal AND g.tgrelid IN (SELECT oid FROM rel)
    UNION ALL
    SELECT 'rule', r.ev_class::regclass || '.' || quote_ident(r.rulename), pg_get_ruledef(r.oid, true)
    FROM pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.ev_class IN (SELECT oid FROM rel)
    UNION ALL
    SELECT 'policy', p.polrelid::regclass || '.' || quote_ident(p.polname),
           concat_ws(' ', p.polcmd, p.polpermissive,
               (SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r) END, ',' ORDER BY r) FROM unnest(p.polroles) r),
               'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
    FROM pg_policy p WHERE p.polrelid IN (SELECT oid FROM rel)
    UNION ALL
    SELECT 'routine', p.oid::regprocedure::text,
           CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE :routine END
    FROM pg_proc p
    WHERE p.oid >= 16384 AND p.pronamespace = ANY (ARRAY(SELECT oid FROM ns)) AND p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_proc'::regclass)
    UNION ALL
    SELECT 'type', t.oid::regtype::text,
           CASE t.typtype
               WHEN 'e' THEN (SELECT 'enum ' || coalesce(string_agg(quote_literal(enumlabel), ',' ORDER BY enumsortorder), '') FROM pg_enum WHERE enumtypid = t.oid)
               WHEN 'd' THEN concat_ws(' ', format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typnotnull THEN 'not null' END, t.typdefault,
                   (SELECT string_agg(conname || ' ' || pg_get_constraintdef(oid), ',' ORDER BY conname) FROM pg_constraint WHERE contypid = t.oid AND contype = 'c'))
               ELSE (SELECT rngsubtype::regtype::text FROM pg_range WHERE rngtypid = t.oid) END
    FROM pg_type t
    WHERE t.typtype IN ('e', 'd', 'r') AND t.oid >= 16384 AND t.typnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
    UNION ALL
    SELECT 'comment', concat_ws('.', d.objoid::regclass::text, (SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = d.objoid AND attnum = nullif(d.objsubid, 0))), d.description
    FROM pg_description d WHERE d.objoid IN (SELECT oid FROM rel) AND d.classoid = 'pg_class'::regclass
    UNION ALL
    SELECT 'parent', i.inhrelid::regclass::text, i.inhparent::regclass::text
    FROM pg_inherits i WHERE i.inhrelid IN (SELECT oid FROM rel)
    UNION ALL
    SELECT 'grant', rel.name, concat_ws(' ', pg_get_userbyid(x.grantee), x.privilege_type, CASE WHEN x.is_grantable THEN 'grantable' END)
    FROM rel, LATERAL aclexplode(rel.relacl) x WHERE rel.relacl IS NOT NULL AND x.grantee <> rel.relowner
)
