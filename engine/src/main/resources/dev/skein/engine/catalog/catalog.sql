WITH ext AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), ns AS MATERIALIZED (
    SELECT oid, nspname FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'skein')
), rel AS MATERIALIZED (
    SELECT c.oid, c.relname, c.relkind, c.relnamespace, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
           c.relacl, c.relowner, c.reloptions, c.relispartition, c.relpartbound, c.relreplident,
           quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
    FROM pg_class c JOIN ns n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
      AND NOT EXISTS (SELECT FROM ext WHERE classid = 'pg_class'::regclass AND objid = c.oid)
), item(kind, name, definition) AS (
    SELECT 'schema', quote_ident(nspname), '' FROM ns
    UNION ALL
    SELECT 'extension', quote_ident(extname), extversion FROM pg_extension WHERE extname <> 'plpgsql'
    UNION ALL
    SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                        WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'composite type' END,
           name,
           concat_ws(' ', relpersistence, CASE WHEN relkind IN ('r', 'p') AND relreplident <> 'd' THEN 'replica identity ' || relreplident::text END,
               CASE WHEN relrowsecurity THEN 'rls' END, CASE WHEN relforcerowsecurity THEN 'force rls' END,
               (SELECT string_agg(o, ',' ORDER BY o COLLATE "C") FROM unnest(reloptions) o WHERE o NOT LIKE 'pg\_%'),
               CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END,
               CASE WHEN relkind = 'p' THEN pg_get_partkeydef(oid) END,
               CASE WHEN relispartition THEN pg_get_expr(relpartbound, oid) END)
    FROM rel
    UNION ALL
    SELECT 'sequence options', rel.name,
           concat_ws(' ', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
    FROM rel JOIN pg_sequence s ON s.seqrelid = rel.oid
    UNION ALL
    SELECT 'column', rel.name || '.' || quote_ident(a.attname),
           concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
               CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation END,
               nullif(a.attidentity, ''), nullif(a.attgenerated, ''), nullif(a.attcompression, ''),
               CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || a.attstorage::text END,
               'default ' || pg_get_expr(d.adbin, d.adrelid))
    FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE rel.relkind IN ('r', 'p', 'f', 'c', 'v', 'm')
    UNION ALL
    SELECT 'constraint', rel.name || '.' || quote_ident(k.conname),
           concat_ws(' ', pg_get_constraintdef(k.oid), CASE WHEN NOT k.convalidated THEN 'unvalidated' END)
    FROM rel JOIN pg_constraint k ON k.conrelid = rel.oid WHERE k.contype <> 'n'
    UNION ALL
    SELECT 'index', rel.name || '.' || quote_ident(i.relname),
           concat_ws(' ', pg_get_indexdef(x.indexrelid), CASE WHEN NOT x.indisvalid THEN 'invalid' END,
               CASE WHEN x.indisreplident THEN 'replica identity' END)
    FROM rel JOIN pg_index x ON x.indrelid = rel.oid JOIN pg_class i ON i.oid = x.indexrelid
    UNION ALL
    SELECT 'trigger', rel.name || '.' || quote_ident(g.tgname), concat_ws(' ', pg_get_triggerdef(g.oid), g.tgenabled)
    FROM rel JOIN pg_trigger g ON g.tgrelid = rel.oid WHERE NOT g.tgisinternal
    UNION ALL
    SELECT 'rule', rel.name || '.' || quote_ident(r.rulename), pg_get_ruledef(r.oid)
    FROM rel JOIN pg_rewrite r ON r.ev_class = rel.oid WHERE r.rulename <> '_RETURN'
    UNION ALL
    SELECT 'policy', rel.name || '.' || quote_ident(p.polname),
           concat_ws(' ', p.polcmd, p.polpermissive,
               (SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r) END, ',' ORDER BY r) FROM unnest(p.polroles) r),
               'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
    FROM rel JOIN pg_policy p ON p.polrelid = rel.oid
    UNION ALL
    SELECT 'routine', p.oid::regprocedure::text,
           CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_get_functiondef(p.oid) END
    FROM pg_proc p JOIN ns ON ns.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT FROM ext WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
    UNION ALL
    SELECT 'type', t.oid::regtype::text,
           CASE t.typtype
               WHEN 'e' THEN (SELECT 'enum ' || coalesce(string_agg(quote_literal(enumlabel), ',' ORDER BY enumsortorder), '') FROM pg_enum WHERE enumtypid = t.oid)
               WHEN 'd' THEN concat_ws(' ', format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typnotnull THEN 'not null' END, t.typdefault,
                   (SELECT string_agg(conname || ' ' || pg_get_constraintdef(oid), ',' ORDER BY conname) FROM pg_constraint WHERE contypid = t.oid AND contype = 'c'))
               ELSE (SELECT rngsubtype::regtype::text FROM pg_range WHERE rngtypid = t.oid) END
    FROM pg_type t JOIN ns ON ns.oid = t.typnamespace
    WHERE t.typtype IN ('e', 'd', 'r')
      AND NOT EXISTS (SELECT FROM ext WHERE classid = 'pg_type'::regclass AND objid = t.oid)
    UNION ALL
    SELECT 'comment', concat_ws('.', rel.name, quote_ident(a.attname)), d.description
    FROM pg_description d JOIN rel ON rel.oid = d.objoid
    LEFT JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid AND d.objsubid <> 0
    WHERE d.classoid = 'pg_class'::regclass
    UNION ALL
    SELECT 'parent', rel.name, i.inhparent::regclass::text
    FROM rel JOIN pg_inherits i ON i.inhrelid = rel.oid
    UNION ALL
    SELECT 'grant', rel.name, concat_ws(' ', pg_get_userbyid(x.grantee), x.privilege_type, CASE WHEN x.is_grantable THEN 'grantable' END)
    FROM rel, LATERAL aclexplode(rel.relacl) x WHERE x.grantee <> rel.relowner
)
