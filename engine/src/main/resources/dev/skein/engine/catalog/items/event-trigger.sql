-- rare EVENT | pg_relation_size('pg_event_trigger') > 0
SELECT 'event trigger', '', quote_ident(e.evtname), 'pg_event_trigger'::regclass, e.oid, 0, NULL, '', 0,
       ARRAY[e.evtevent::text, e.evtfoid::regproc::text, (SELECT string_agg(quote_literal(g), ', ' ORDER BY g COLLATE "C") FROM unnest(e.evttags) g),
           CASE e.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END]
FROM pg_event_trigger e
WHERE :whole AND e.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_event_trigger'::regclass)
  AND e.evtfoid NOT IN (SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'skein')
