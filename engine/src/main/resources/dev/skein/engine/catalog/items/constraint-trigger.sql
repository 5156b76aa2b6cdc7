-- rare TRIGGER | EXISTS (SELECT FROM pg_trigger WHERE tgenabled <> 'O' AND tgisinternal)
-- The server's own triggers, behind a foreign key or a deferrable key, where they are not as it makes them: such a key is not held.
SELECT 'constraint trigger', g.tgrelid::regclass::text, quote_ident(k.conname) || CASE WHEN k.conrelid <> g.tgrelid THEN ' of ' || k.conrelid::regclass ELSE '' END,
       'pg_trigger'::regclass, min(g.oid), 0, NULL, '', 0,
       ARRAY[string_agg(DISTINCT CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, ', ')]
FROM pg_trigger g JOIN pg_constraint k ON k.oid = g.tgconstraint
WHERE g.tgisinternal AND g.tgenabled <> 'O' AND g.tgrelid IN (SELECT oid FROM rel)
GROUP BY g.tgrelid, k.conname, k.conrelid
