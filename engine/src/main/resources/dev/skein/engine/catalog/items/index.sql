SELECT 'index', x.indrelid::regclass::text, x.indexrelid::regclass::text, 'pg_class'::regclass, x.indexrelid, 0, NULL, '', 0,
       ARRAY[:own(pg_get_indexdef(x.indexrelid)), CASE WHEN NOT x.indisvalid THEN 'invalid' END]
FROM pg_index x
WHERE x.indrelid IN (SELECT oid FROM rel) AND x.indexrelid >= 16384
  -- nullif hides the column from an index that, without statistics, would be read whole for every row.
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = x.indexrelid AND nullif(d.refclassid, 0) = 'pg_constraint'::regclass AND d.deptype = 'i')
  AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = x.indexrelid AND c.relispartition)
  -- REINDEX CONCURRENTLY is upkeep, under way or cut off.
  AND (x.indisvalid OR NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = x.indexrelid AND c.relname ~ '_cc(new|old)[0-9]*$'))
