-- rare TRIGGER EXTENSION | EXISTS (SELECT FROM pg_trigger WHERE NOT tgisinternal)
SELECT 'trigger', g.tgrelid::regclass::text, quote_ident(g.tgname), 'pg_trigger'::regclass, g.oid, 0, NULL, '', 0,
       ARRAY[:own(pg_get_triggerdef(g.oid)), CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END]
FROM pg_trigger g WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND g.tgrelid IN (SELECT oid FROM rel)
