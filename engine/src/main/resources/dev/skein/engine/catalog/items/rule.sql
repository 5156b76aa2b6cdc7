-- rare RULE | EXISTS (SELECT FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN')
SELECT 'rule', r.ev_class::regclass::text, quote_ident(r.rulename), 'pg_rewrite'::regclass, r.oid, 0, NULL, '', 0,
       ARRAY[:own(pg_get_ruledef(r.oid)), CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END]
FROM pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.ev_class IN (SELECT oid FROM rel)
