-- rare STATISTICS | pg_relation_size('pg_statistic_ext') > 0
SELECT 'statistics', s.stxrelid::regclass::text, :own(concat(s.stxnamespace::regnamespace, '.', quote_ident(s.stxname))), 'pg_statistic_ext'::regclass, s.oid, 0, NULL, '', 0,
       ARRAY[:own(pg_get_statisticsobjdef(s.oid)), CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget::text END]
FROM pg_statistic_ext s WHERE s.stxrelid IN (SELECT oid FROM rel)
