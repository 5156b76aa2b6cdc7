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
