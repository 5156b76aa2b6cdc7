-- rare PARTITION INHERIT INHERITS | pg_relation_size('pg_inherits') > 0
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
