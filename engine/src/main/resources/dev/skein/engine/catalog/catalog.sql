-- User objects have OIDs from 16384 on: the bound turns scans of the system's own rows into index look-ups.
-- One block per kind: kind, relation it hangs on, name, where it is in the catalogs, its access rights with their kind and the
-- owner who needs none, and its attributes in the order in which Kind names them. A rare kind's block stands under a line that tells
-- which words make such objects, and what is true of a database that may have some.
WITH ext AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
), ns AS MATERIALIZED (
    -- What an extension keeps in a schema of its own, such as the chunks of its tables, comes and goes with its work.
    SELECT oid, nspname, nspacl, nspowner FROM pg_namespace WHERE :schemas AND oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_namespace'::regclass)
), rel AS MATERIALIZED (
    SELECT c.oid, c.oid::regclass::text AS name, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relacl, relowner, relispartition,
           reloptions || CASE WHEN :besides AND reltoastrelid <> 0 THEN
               (SELECT array_agg('toast.' || o) FROM pg_class x, unnest(x.reloptions) o WHERE x.oid = c.reltoastrelid) END AS reloptions,
           relpartbound, relreplident, relhassubclass, relam, relispartition AND NOT :partitions AS collapses
    FROM pg_class c
    WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
      AND relnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND oid >= 16384 AND oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
), parent_column AS MATERIALIZED (
    -- The default of a partition that was made as one is the same tree, but for the places in its text.
    SELECT a.attrelid, a.attname, a.attnotnull, a.atthasdef, a.attstorage, a.attcompression, a.attstattarget, a.attoptions, a.attacl, d.adbin,
           regexp_replace(d.adbin::text, ':location \d+', ':location -1', 'g') AS tree
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
    WHERE a.attrelid IN (SELECT i.inhparent FROM pg_inherits i JOIN rel ON rel.oid = i.inhrelid) AND a.attnum > 0 AND NOT a.attisdropped
), item(kind, relation, name, class, id, sub, acl, rights, owner, attributes) AS (
    SELECT 'schema', '', quote_ident(nspname), 'pg_namespace'::regclass, oid, 0, nspacl, 'n', nspowner, '{}'::text[]
    FROM ns WHERE :whole
    -- rare EXTENSION | EXISTS (SELECT FROM pg_extension WHERE extname <> 'plpgsql')
    UNION ALL
    SELECT 'extension', '', quote_ident(extname), 'pg_extension'::regclass, e.oid, 0, NULL, '', 0, ARRAY[e.extnamespace::regnamespace::text, extversion]
    FROM pg_extension e WHERE extname <> 'plpgsql' AND :whole
    UNION ALL
    SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table'
                        WHEN 'c' THEN 'composite type' ELSE 'table' END,
           '', name, 'pg_class'::regclass, rel.oid, 0, relacl, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END, relowner,
           CASE WHEN relkind IN ('v', 'm') THEN ARRAY[pg_get_viewdef(rel.oid), (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(reloptions) o),
                    (SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = rel.oid AND a.attnum > 0)]
                WHEN relkind = 'S' THEN (SELECT ARRAY[format_type(s.seqtypid, NULL), :sequence, relpersistence::text] FROM pg_sequence s WHERE s.seqrelid = rel.oid)
                WHEN relkind = 'c' THEN '{}'
                WHEN relkind = 'f' THEN (SELECT ARRAY[quote_ident(s.srvname), (SELECT string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), ', ' ORDER BY option_name COLLATE "C")
                                                                              FROM pg_options_to_table(f.ftoptions))]
                                         FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = rel.oid)
                ELSE ARRAY[CASE WHEN relkind = 'p' THEN pg_get_partkeydef(rel.oid) END,
                    CASE WHEN relispartition THEN pg_get_expr(relpartbound, rel.oid) END,
                    (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = rel.oid),
                    relpersistence::text,
                    CASE WHEN relrowsecurity THEN 'enabled' END,
                    CASE WHEN relforcerowsecurity THEN 'forced' END,
                    CASE relreplident WHEN 'd' THEN NULL WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' ELSE
                        (SELECT 'index ' || quote_ident(n.relname) FROM pg_index x JOIN pg_class n ON n.oid = x.indexrelid WHERE x.indrelid = rel.oid AND x.indisreplident) END,
                    CASE WHEN reloptions IS NOT NULL THEN (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(reloptions) o WHERE o !~ '^pg_') END] END
    FROM rel
    WHERE (relkind <> 'S' OR NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = rel.oid AND d.deptype = 'i'))
      AND (:partitions OR NOT relispartition)
    -- rare PARTITION INHERIT INHERITS | pg_relation_size('pg_inherits') > 0
    UNION ALL
    -- Where partitions are no tables of their own, what one of them has that does not come from its table.
    SELECT 'partition', '', rel.name, 'pg_class'::regclass, rel.oid, 0,
           CASE WHEN (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(rel.relacl) x) IS DISTINCT FROM (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(p.relacl) x) THEN rel.relacl END,
           'r', rel.relowner,
           ARRAY[CASE WHEN rel.relpersistence <> 'p' THEN rel.relpersistence::text END,
               CASE WHEN rel.relrowsecurity THEN 'enabled' END,
               CASE WHEN rel.relforcerowsecurity THEN 'forced' END,
               CASE WHEN rel.relreplident NOT IN ('d', p.relreplident) THEN CASE rel.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' ELSE
                   (SELECT 'index ' || quote_ident(n.relname) FROM pg_index x JOIN pg_class n ON n.oid = x.indexrelid WHERE x.indrelid = rel.oid AND x.indisreplident) END END,
               CASE WHEN rel.reloptions IS NOT NULL THEN (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(rel.reloptions) o WHERE o !~ '^pg_') END]
    FROM rel JOIN pg_inherits i ON i.inhrelid = rel.oid JOIN pg_class p ON p.oid = i.inhparent
    WHERE rel.relispartition AND NOT :partitions
      AND (rel.relpersistence <> 'p' OR rel.relrowsecurity OR rel.relforcerowsecurity OR rel.relreplident NOT IN ('d', p.relreplident) OR rel.reloptions IS NOT NULL OR rel.relacl IS NOT NULL
           OR EXISTS (SELECT FROM pg_description d WHERE d.objoid = rel.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0))
    -- rare PARTITION INHERIT INHERITS | pg_relation_size('pg_inherits') > 0
    UNION ALL
    -- Where an inherited column is not as its first parent's.
    SELECT 'inherited column', rel.name, quote_ident(a.attname), 'pg_class'::regclass, rel.oid, a.attnum, CASE WHEN a.attacl IS DISTINCT FROM p.attacl THEN a.attacl END, 'c', rel.relowner,
           ARRAY[CASE WHEN a.attnotnull <> p.attnotnull THEN CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END END,
               CASE WHEN NOT a.atthasdef AND p.atthasdef THEN 'none' WHEN a.attgenerated = '' AND pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM pg_get_expr(p.adbin, p.attrelid) THEN pg_get_expr(d.adbin, 0) END,
               CASE WHEN a.attstorage <> p.attstorage THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END,
               CASE WHEN a.attcompression <> p.attcompression THEN CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' ELSE 'default' END END,
               -- A new partition has no target of its table's.
               CASE WHEN a.attstattarget IS DISTINCT FROM p.attstattarget AND (a.attstattarget >= 0 OR NOT rel.relispartition) THEN coalesce(a.attstattarget, -1)::text END,
               CASE WHEN a.attoptions IS DISTINCT FROM p.attoptions THEN (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(a.attoptions) o WHERE o ~ '^n_distinct') END]
    FROM rel JOIN pg_inherits i ON i.inhrelid = rel.oid
    JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped AND NOT a.attislocal
    JOIN parent_column p ON p.attrelid = i.inhparent AND p.attname = a.attname
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
    WHERE rel.relkind IN ('r', 'p', 'f')
      AND (a.attnotnull <> p.attnotnull OR a.atthasdef <> p.atthasdef OR d.adbin::text <> p.tree OR a.attstorage <> p.attstorage OR a.attcompression <> p.attcompression
           OR a.attstattarget IS DISTINCT FROM p.attstattarget OR a.attoptions IS DISTINCT FROM p.attoptions OR (a.attacl IS NOT NULL AND a.attacl IS DISTINCT FROM p.attacl)
           OR (rel.oid, a.attnum) IN (SELECT objoid, objsubid FROM pg_description WHERE objoid >= 16384 AND classoid = 'pg_class'::regclass))
      AND (rel.relispartition OR NOT EXISTS (SELECT FROM pg_inherits o JOIN pg_attribute oa ON oa.attrelid = o.inhparent AND oa.attname = a.attname
                      WHERE o.inhrelid = i.inhrelid AND (o.inhseqno < i.inhseqno OR (oa.attnotnull AND a.attnotnull AND NOT p.attnotnull))))
    UNION ALL
    SELECT 'sequence owner', rel.name, '', 'pg_class'::regclass, rel.oid, -1, NULL, '', 0,
           ARRAY[d.refobjid::regclass || '.' || quote_ident((SELECT attname FROM pg_attribute WHERE attrelid = d.refobjid AND attnum = d.refobjsubid))]
    FROM rel JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = rel.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a' AND d.refobjsubid > 0
    WHERE relkind = 'S'
    UNION ALL
    SELECT CASE rel.relkind WHEN 'c' THEN 'attribute' ELSE 'column' END, rel.name, quote_ident(a.attname), 'pg_class'::regclass, rel.oid, a.attnum, a.attacl, 'c', rel.relowner,
           ARRAY[CASE WHEN relkind <> 'v' THEN format_type(a.atttypid, a.atttypmod) END, CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
               CASE WHEN a.attnotnull THEN 'not null' END,
               CASE WHEN a.atthasdef AND a.attgenerated = '' THEN (SELECT pg_get_expr(d.adbin, 0) FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END,
               CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END,
               CASE WHEN a.attidentity <> '' THEN (SELECT :sequence FROM pg_depend d JOIN pg_sequence s ON s.seqrelid = d.objid
                   WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND d.deptype = 'i' AND d.classid = 'pg_class'::regclass) END,
               CASE WHEN a.attgenerated <> '' THEN (SELECT '(' || pg_get_expr(d.adbin, d.adrelid) || ')' || CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END
                   FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END,
               CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END,
               CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
               CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END,
               CASE WHEN a.attoptions::text LIKE '%n_distinct%' THEN (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(a.attoptions) o WHERE o ~ '^n_distinct') END,
               CASE WHEN a.attfdwoptions IS NOT NULL THEN (SELECT string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), ', ' ORDER BY option_name COLLATE "C") FROM pg_options_to_table(a.attfdwoptions)) END]
    FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE (rel.relkind IN ('r', 'p', 'f', 'c') AND a.attislocal AND NOT rel.relispartition) OR (rel.relkind IN ('v', 'm') AND (a.atthasdef OR a.attacl IS NOT NULL OR a.attstattarget > 0
        OR EXISTS (SELECT FROM pg_description d WHERE d.objoid = rel.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = a.attnum)))
    UNION ALL
    SELECT 'constraint', k.conrelid::regclass::text, quote_ident(k.conname), 'pg_constraint'::regclass, k.oid, 0, NULL, '', 0,
           ARRAY[pg_get_constraintdef(k.oid)]
    FROM pg_constraint k WHERE k.conrelid IN (SELECT oid FROM rel) AND k.contype IN ('c', 'f', 'p', 'u', 'x') AND k.conislocal AND k.conparentid = 0 AND k.oid >= 16384
    UNION ALL
    SELECT 'index', x.indrelid::regclass::text, x.indexrelid::regclass::text, 'pg_class'::regclass, x.indexrelid, 0, NULL, '', 0,
           ARRAY[:own(pg_get_indexdef(x.indexrelid)), CASE WHEN NOT x.indisvalid THEN 'invalid' END]
    FROM pg_index x
    WHERE x.indrelid IN (SELECT oid FROM rel) AND x.indexrelid >= 16384
      -- nullif hides the column from an index that, without statistics, would be read whole for every row.
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = x.indexrelid AND nullif(d.refclassid, 0) = 'pg_constraint'::regclass AND d.deptype = 'i')
      AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = x.indexrelid AND c.relispartition)
      -- REINDEX CONCURRENTLY is upkeep, under way or cut off.
      AND (x.indisvalid OR NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = x.indexrelid AND c.relname ~ '_cc(new|old)[0-9]*$'))
    -- rare TRIGGER EXTENSION | EXISTS (SELECT FROM pg_trigger WHERE NOT tgisinternal)
    UNION ALL
    SELECT 'trigger', g.tgrelid::regclass::text, quote_ident(g.tgname), 'pg_trigger'::regclass, g.oid, 0, NULL, '', 0,
           ARRAY[:own(pg_get_triggerdef(g.oid)), CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END]
    FROM pg_trigger g WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND g.tgrelid IN (SELECT oid FROM rel)
    -- rare TRIGGER | EXISTS (SELECT FROM pg_trigger WHERE tgenabled <> 'O' AND tgisinternal)
    UNION ALL
    -- The server's own triggers, behind a foreign key or a deferrable key, where they are not as it makes them: such a key is not held.
    SELECT 'constraint trigger', g.tgrelid::regclass::text, quote_ident(k.conname) || CASE WHEN k.conrelid <> g.tgrelid THEN ' of ' || k.conrelid::regclass ELSE '' END,
           'pg_trigger'::regclass, min(g.oid), 0, NULL, '', 0,
           ARRAY[string_agg(DISTINCT CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, ', ')]
    FROM pg_trigger g JOIN pg_constraint k ON k.oid = g.tgconstraint
    WHERE g.tgisinternal AND g.tgenabled <> 'O' AND g.tgrelid IN (SELECT oid FROM rel)
    GROUP BY g.tgrelid, k.conname, k.conrelid
    -- rare RULE | EXISTS (SELECT FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN')
    UNION ALL
    SELECT 'rule', r.ev_class::regclass::text, quote_ident(r.rulename), 'pg_rewrite'::regclass, r.oid, 0, NULL, '', 0,
           ARRAY[:own(pg_get_ruledef(r.oid)), CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END]
    FROM pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.ev_class IN (SELECT oid FROM rel)
    -- rare POLICY | pg_relation_size('pg_policy') > 0
    UNION ALL
    SELECT 'policy', p.polrelid::regclass::text, quote_ident(p.polname), 'pg_policy'::regclass, p.oid, 0, NULL, '', 0,
           ARRAY[CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
               CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
               (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END, ', ' ORDER BY pg_get_userbyid(r)) FROM unnest(p.polroles) r),
               pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)]
    FROM pg_policy p WHERE p.polrelid IN (SELECT oid FROM rel)
    UNION ALL
    SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, '', p.oid::regprocedure::text, 'pg_proc'::regclass, p.oid, 0, p.proacl, 'f', p.proowner,
           ARRAY[CASE WHEN p.prokind = 'a' THEN (SELECT concat_ws(', ', 'SFUNC = ' || a.aggtransfn::regproc, 'STYPE = ' || format_type(a.aggtranstype, NULL),
                     'FINALFUNC = ' || nullif(a.aggfinalfn, 0)::regproc, 'COMBINEFUNC = ' || nullif(a.aggcombinefn, 0)::regproc, 'SERIALFUNC = ' || nullif(a.aggserialfn, 0)::regproc,
                     'DESERIALFUNC = ' || nullif(a.aggdeserialfn, 0)::regproc, 'INITCOND = ' || quote_literal(a.agginitval), 'SORTOP = ' || nullif(a.aggsortop, 0)::regoperator,
                     CASE a.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END, 'PARALLEL = ' || CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' END)
                     FROM pg_aggregate a WHERE a.aggfnoid = p.oid) ELSE :own(pg_get_functiondef(p.oid)) END,
               pg_get_function_result(p.oid), CASE WHEN p.prokind = 'a' THEN pg_get_function_arguments(p.oid) ELSE :arguments END]
    FROM pg_proc p
    WHERE p.oid >= 16384 AND p.pronamespace = ANY (ARRAY(SELECT oid FROM ns)) AND p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_proc'::regclass)
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
    -- rare TYPE DOMAIN | EXISTS (SELECT FROM pg_type WHERE oid >= 16384 AND typtype IN ('e', 'd', 'r'))
    UNION ALL
    SELECT CASE t.typtype WHEN 'e' THEN 'enum type' WHEN 'd' THEN 'domain' ELSE 'range type' END, '', t.oid::regtype::text, 'pg_type'::regclass, t.oid, 0, t.typacl, 'T', t.typowner,
           CASE t.typtype
               WHEN 'e' THEN ARRAY[(SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)]
               WHEN 'd' THEN ARRAY[format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typcollation <> (SELECT b.typcollation FROM pg_type b WHERE b.oid = t.typbasetype)
                   THEN t.typcollation::regcollation::text END, CASE WHEN t.typnotnull THEN 'not null' END, pg_get_expr(t.typdefaultbin, 0)]
               ELSE (SELECT ARRAY[concat_ws(', ', 'SUBTYPE = ' || format_type(r.rngsubtype, NULL), 'SUBTYPE_OPCLASS = ' || (SELECT o.opcname FROM pg_opclass o WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
                   'COLLATION = ' || nullif(nullif(r.rngcollation, 0), (SELECT b.typcollation FROM pg_type b WHERE b.oid = r.rngsubtype))::regcollation,
                   'CANONICAL = ' || nullif(r.rngcanonical, 0)::regproc, 'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff, 0)::regproc, 'MULTIRANGE_TYPE_NAME = ' || r.rngmultitypid::regtype)]
                   FROM pg_range r WHERE r.rngtypid = t.oid) END
    FROM pg_type t
    WHERE t.typtype IN ('e', 'd', 'r') AND t.oid >= 16384 AND t.typnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
    -- rare DOMAIN | EXISTS (SELECT FROM pg_type WHERE oid >= 16384 AND typtype = 'd')
    UNION ALL
    SELECT 'domain constraint', k.contypid::regtype::text, quote_ident(k.conname), 'pg_constraint'::regclass, k.oid, 0, NULL, '', 0, ARRAY[pg_get_constraintdef(k.oid)]
    FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid
    WHERE k.oid >= 16384 AND k.contypid <> 0 AND k.contype = 'c' AND t.typnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
    -- rare STATISTICS | pg_relation_size('pg_statistic_ext') > 0
    UNION ALL
    SELECT 'statistics', s.stxrelid::regclass::text, :own(concat(s.stxnamespace::regnamespace, '.', quote_ident(s.stxname))), 'pg_statistic_ext'::regclass, s.oid, 0, NULL, '', 0,
           ARRAY[:own(pg_get_statisticsobjdef(s.oid)), CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget::text END]
    FROM pg_statistic_ext s WHERE s.stxrelid IN (SELECT oid FROM rel)
    -- rare COLLATION | EXISTS (SELECT FROM pg_collation WHERE oid >= 16384)
    UNION ALL
    SELECT 'collation', '', c.oid::regcollation::text, 'pg_collation'::regclass, c.oid, 0, NULL, '', 0,
           ARRAY[CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
               coalesce(to_jsonb(c) ->> 'colliculocale', to_jsonb(c) ->> 'colllocale', c.collcollate), c.collctype, CASE WHEN NOT c.collisdeterministic THEN 'false' END]
    FROM pg_collation c
    WHERE c.oid >= 16384 AND c.collnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_collation'::regclass)
    -- rare OPERATOR CAST SEARCH CONVERSION | EXISTS (SELECT FROM pg_depend d WHERE d.classid IN ('pg_operator'::regclass, 'pg_cast'::regclass, 'pg_ts_dict'::regclass, 'pg_ts_config'::regclass, 'pg_conversion'::regclass) AND d.objid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype IN ('e', 'i')))
    UNION ALL
    SELECT 'operator', '', o.oid::regoperator::text, 'pg_operator'::regclass, o.oid, 0, NULL, '', 0,
           ARRAY[concat_ws(', ', 'FUNCTION = ' || o.oprcode, 'LEFTARG = ' || format_type(nullif(o.oprleft, 0), NULL), 'RIGHTARG = ' || format_type(o.oprright, NULL),
               'COMMUTATOR = OPERATOR(' || regexp_replace(nullif(o.oprcom, 0)::regoperator::text, '\([^()]*\)$', '') || ')',
               'NEGATOR = OPERATOR(' || regexp_replace(nullif(o.oprnegate, 0)::regoperator::text, '\([^()]*\)$', '') || ')',
               'RESTRICT = ' || nullif(o.oprrest, 0)::regproc, 'JOIN = ' || nullif(o.oprjoin, 0)::regproc, CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END)]
    FROM pg_operator o
    WHERE o.oid >= 16384 AND o.oprcode <> 0 AND o.oprnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND o.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_operator'::regclass)
      UNION ALL
    SELECT 'cast', '', concat('(', format_type(c.castsource, NULL), ' AS ', format_type(c.casttarget, NULL), ')'), 'pg_cast'::regclass, c.oid, 0, NULL, '', 0,
           ARRAY[CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END
               || CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END]
    FROM pg_cast c
    WHERE :whole AND c.oid >= 16384 AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_cast'::regclass)
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'i')
      UNION ALL
    SELECT 'text search dictionary', '', d.oid::regdictionary::text, 'pg_ts_dict'::regclass, d.oid, 0, NULL, '', 0,
           ARRAY[concat_ws(', ', 'TEMPLATE = ' || (SELECT concat(t.tmplnamespace::regnamespace, '.', quote_ident(t.tmplname)) FROM pg_ts_template t WHERE t.oid = d.dicttemplate), d.dictinitoption)]
    FROM pg_ts_dict d
    WHERE d.oid >= 16384 AND d.dictnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND d.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_ts_dict'::regclass)
      UNION ALL
    SELECT 'text search configuration', '', c.oid::regconfig::text, 'pg_ts_config'::regclass, c.oid, 0, NULL, '', 0,
           ARRAY[(SELECT concat(p.prsnamespace::regnamespace, '.', quote_ident(p.prsname)) FROM pg_ts_parser p WHERE p.oid = c.cfgparser),
               (SELECT string_agg(m.alias || ' WITH ' || m.dictionaries, E'\n' ORDER BY m.alias COLLATE "C") FROM (
                   SELECT t.alias, string_agg(g.mapdict::regdictionary::text, ', ' ORDER BY g.mapseqno) FROM pg_ts_config_map g JOIN ts_token_type(c.cfgparser) t ON t.tokid = g.maptokentype
                   WHERE g.mapcfg = c.oid GROUP BY t.alias) AS m(alias, dictionaries))]
    FROM pg_ts_config c
    WHERE c.oid >= 16384 AND c.cfgnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_ts_config'::regclass)
      UNION ALL
    SELECT 'conversion', '', :own(concat(c.connamespace::regnamespace, '.', quote_ident(c.conname))), 'pg_conversion'::regclass, c.oid, 0, NULL, '', 0,
           ARRAY[concat('FOR ', quote_literal(pg_encoding_to_char(c.conforencoding)), ' TO ', quote_literal(pg_encoding_to_char(c.contoencoding)), ' FROM ', c.conproc), CASE WHEN c.condefault THEN 'DEFAULT' END]
    FROM pg_conversion c
    WHERE c.oid >= 16384 AND c.connamespace = ANY (ARRAY(SELECT oid FROM ns)) AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_conversion'::regclass)
    -- rare EVENT | pg_relation_size('pg_event_trigger') > 0
    UNION ALL
    SELECT 'event trigger', '', quote_ident(e.evtname), 'pg_event_trigger'::regclass, e.oid, 0, NULL, '', 0,
           ARRAY[e.evtevent::text, e.evtfoid::regproc::text, (SELECT string_agg(quote_literal(g), ', ' ORDER BY g COLLATE "C") FROM unnest(e.evttags) g),
               CASE e.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END]
    FROM pg_event_trigger e
    WHERE :whole AND e.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_event_trigger'::regclass)
      AND e.evtfoid NOT IN (SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'skein')
    -- rare PUBLICATION | pg_relation_size('pg_publication') > 0
    UNION ALL
    SELECT 'publication', '', quote_ident(b.pubname), 'pg_publication'::regclass, b.oid, 0, NULL, '', 0,
           ARRAY[CASE WHEN b.puballtables THEN 'ALL TABLES' ELSE
                   (SELECT string_agg(m, ', ' ORDER BY m COLLATE "C") FROM (
                       SELECT 'TABLE ' || r.prrelid::regclass || :published FROM pg_publication_rel r WHERE r.prpubid = b.oid
                       :publishedschemas) AS members(m)) END,
               concat_ws(', ', CASE WHEN b.pubinsert THEN 'insert' END, CASE WHEN b.pubupdate THEN 'update' END, CASE WHEN b.pubdelete THEN 'delete' END, CASE WHEN b.pubtruncate THEN 'truncate' END),
               CASE WHEN b.pubviaroot THEN 'true' END]
    FROM pg_publication b WHERE :whole
    -- rare FOREIGN EXTENSION | pg_relation_size('pg_foreign_data_wrapper') > 0
    UNION ALL
    SELECT 'foreign data wrapper', '', quote_ident(f.fdwname), 'pg_foreign_data_wrapper'::regclass, f.oid, 0, f.fdwacl, 'F', f.fdwowner,
           ARRAY[nullif(f.fdwhandler, 0)::regproc::text, nullif(f.fdwvalidator, 0)::regproc::text,
               (SELECT string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), ', ' ORDER BY option_name COLLATE "C") FROM pg_options_to_table(f.fdwoptions))]
    FROM pg_foreign_data_wrapper f WHERE :whole AND f.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_foreign_data_wrapper'::regclass)
    -- rare SERVER | pg_relation_size('pg_foreign_server') > 0
    UNION ALL
    SELECT 'server', '', quote_ident(s.srvname), 'pg_foreign_server'::regclass, s.oid, 0, s.srvacl, 'S', s.srvowner,
           ARRAY[(SELECT quote_ident(f.fdwname) FROM pg_foreign_data_wrapper f WHERE f.oid = s.srvfdw), s.srvtype, s.srvversion,
               (SELECT string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), ', ' ORDER BY option_name COLLATE "C") FROM pg_options_to_table(s.srvoptions))]
    FROM pg_foreign_server s WHERE :whole
    -- rare PRIVILEGES | pg_relation_size('pg_default_acl') > 0
    UNION ALL
    SELECT 'default privileges', CASE WHEN d.defaclnamespace <> 0 THEN d.defaclnamespace::regnamespace::text ELSE '' END,
           quote_ident(pg_get_userbyid(d.defaclrole)) || ' ' || CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END,
           'pg_default_acl'::regclass, d.oid, 0, d.defaclacl, 'd', CASE WHEN d.defaclnamespace = 0 THEN d.defaclrole ELSE 0 END, '{}'
    FROM pg_default_acl d WHERE CASE WHEN d.defaclnamespace = 0 THEN :whole ELSE d.defaclnamespace = ANY (ARRAY(SELECT oid FROM ns)) END
), plain_item(kind, relation, name, class, id, sub, attributes) AS (
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
), collapsed_item(kind, relation, name, class, id, sub, attributes) AS (
    SELECT * FROM plain_item WHERE NOT EXISTS (SELECT FROM rel WHERE collapses)
          OR coalesce(nullif(relation, ''), name) NOT IN (SELECT rel.name FROM rel WHERE collapses)
        UNION ALL
    -- Partitions come and go: what some of a table have of their own counts once, whichever have it and whatever it is called there.
    SELECT kind, relation, concat_ws(' ', name, array_to_string(attributes, ', ')), min(class::oid)::regclass, min(id), min(sub), attributes
    FROM (SELECT p.kind, whole.name AS relation, CASE WHEN p.kind IN ('inherited column', 'policy', 'rule', 'trigger') THEN p.name END AS name, p.class, p.id, p.sub,
                 CASE p.kind WHEN 'index' THEN regexp_replace(p.attributes[1], '^CREATE (UNIQUE )?.*? USING ', '\1USING ')
                             WHEN 'statistics' THEN replace(replace(p.attributes[1], p.name, ''), r.name, whole.name)
                             ELSE replace(p.attributes[1], r.name, whole.name) END || own.attributes[2:] AS attributes
          FROM plain_item p JOIN rel r ON r.name = coalesce(nullif(p.relation, ''), p.name) AND r.collapses
          CROSS JOIN LATERAL (SELECT pg_partition_root(r.oid)::regclass::text AS name) AS whole
          -- CREATE TABLE (LIKE ... INCLUDING ALL) copies comments and statistics objects of the table's: they are nobody's own.
          CROSS JOIN LATERAL (SELECT CASE
              WHEN :copies AND p.kind = 'partition' AND p.attributes[6] IN (SELECT obj_description(h.relid, 'pg_class') FROM pg_partition_ancestors(r.oid) h WHERE h.relid <> r.oid)
                  THEN p.attributes[:5] || NULL::text || p.attributes[7:]
              WHEN :copies AND p.kind = 'inherited column' AND p.attributes[7] IN (SELECT col_description(a.attrelid, a.attnum) FROM pg_partition_ancestors(r.oid) h
                      JOIN pg_attribute a ON a.attrelid = h.relid AND a.attname = (SELECT attname FROM pg_attribute WHERE attrelid = r.oid AND attnum = p.sub) WHERE h.relid <> r.oid)
                  THEN p.attributes[:6] || NULL::text || p.attributes[8:]
              ELSE p.attributes END) AS own(attributes)
          WHERE (p.relation <> '' OR p.kind = 'partition')
            AND NOT (:copies AND p.kind = 'statistics' AND EXISTS (
                SELECT FROM pg_statistic_ext c JOIN pg_statistic_ext o ON o.stxrelid <> c.stxrelid AND o.stxrelid IN (SELECT relid FROM pg_partition_ancestors(c.stxrelid))
                WHERE c.oid = p.id AND (c.stxkind @> o.stxkind AND c.stxkind <@ o.stxkind)
                  AND (SELECT array_agg(attname ORDER BY attname) FROM pg_attribute WHERE attrelid = c.stxrelid AND attnum = ANY (c.stxkeys))
                      IS NOT DISTINCT FROM (SELECT array_agg(attname ORDER BY attname) FROM pg_attribute WHERE attrelid = o.stxrelid AND attnum = ANY (o.stxkeys))
                  AND (SELECT array_agg(e ORDER BY e) FROM unnest(pg_get_statisticsobjdef_expressions(c.oid)) e)
                      IS NOT DISTINCT FROM (SELECT array_agg(e ORDER BY e) FROM unnest(pg_get_statisticsobjdef_expressions(o.oid)) e)
                  AND coalesce(nullif(c.stxstattarget, -1), o.stxstattarget) IS NOT DISTINCT FROM o.stxstattarget
                  AND coalesce(obj_description(c.oid, 'pg_statistic_ext'), obj_description(o.oid, 'pg_statistic_ext')) IS NOT DISTINCT FROM obj_description(o.oid, 'pg_statistic_ext')))) AS owned
    GROUP BY kind, relation, name, attributes
), full_item(kind, relation, name, class, id, sub, attributes) AS (
    -- Two things that the server prints otherwise once it has read again what it printed, as a dump and a restore make it do:
    -- x IN ('a', 'b') on a varchar column is kept as (ARRAY[...])::text[], and becomes ARRAY[(...)::text, ...];
    -- 'a' in a subquery becomes 'a'::text AS text.
    SELECT kind, relation, name, class, id, sub,
           CASE WHEN kind IN ('view', 'materialized view', 'rule')
                THEN regexp_replace(regexp_replace(relisted,
                         '(''|NULL)::(\w+) AS \\?"?\2\\?"?(?=[,;)\n])', '\1::\2', 'g'),
                         '((?:''|NULL)::(?:integer|bigint|boolean|character varying|timestamp with(?:out)? time zone|double precision)) AS \\?"?(?:int4|int8|bool|varchar|timestamptz|timestamp|float8)\\?"?(?=[,;)\n])', '\1', 'g')
                ELSE relisted END
    FROM (SELECT *, CASE WHEN kind NOT IN ('function', 'procedure') AND strpos(listed, '''::character varying') > 0
                THEN regexp_replace(regexp_replace(listed,
                         '(\[|, )\((''(?:[^'']|'''')*''::character varying)\)::text(?=, |\])', '\1\2', 'g'),
                         '\((ARRAY\[(?:''(?:[^'']|'''')*''::character varying(?:, )?)+\])\)::text\[\]', '\1', 'g')
                ELSE listed END AS relisted
          FROM (SELECT *, attributes::text AS listed FROM collapsed_item
                WHERE kind NOT IN ('partition', 'inherited column') OR array_remove(attributes, NULL) <> '{}') AS in_words) AS once_more
)
