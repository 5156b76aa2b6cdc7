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
