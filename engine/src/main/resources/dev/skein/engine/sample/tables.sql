-- Ordinary tables, leaf partitions among them, with the columns that hold what somebody wrote.
SELECT format('%I.%I', n.nspname, c.relname),
       array_agg(quote_ident(a.attname) ORDER BY a.attname),
       array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attname)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relkind = 'r'
  AND n.nspname NOT IN ('skein', 'information_schema')
  AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
GROUP BY 1
ORDER BY 1
