SELECT 'sequence owner', rel.name, '', 'pg_class'::regclass, rel.oid, -1, NULL, '', 0,
       ARRAY[d.refobjid::regclass || '.' || quote_ident((SELECT attname FROM pg_attribute WHERE attrelid = d.refobjid AND attnum = d.refobjsubid))]
FROM rel JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = rel.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a' AND d.refobjsubid > 0
WHERE relkind = 'S'
