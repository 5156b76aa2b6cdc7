SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, '', p.oid::regprocedure::text, 'pg_proc'::regclass, p.oid, 0, p.proacl, 'f', p.proowner,
       ARRAY[CASE WHEN p.prokind = 'a' THEN (SELECT concat_ws(', ', 'SFUNC = ' || a.aggtransfn::regproc, 'STYPE = ' || format_type(a.aggtranstype, NULL),
                 'FINALFUNC = ' || nullif(a.aggfinalfn, 0)::regproc, 'COMBINEFUNC = ' || nullif(a.aggcombinefn, 0)::regproc, 'SERIALFUNC = ' || nullif(a.aggserialfn, 0)::regproc,
                 'DESERIALFUNC = ' || nullif(a.aggdeserialfn, 0)::regproc, 'INITCOND = ' || quote_literal(a.agginitval), 'SORTOP = ' || nullif(a.aggsortop, 0)::regoperator,
                 CASE a.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END, 'PARALLEL = ' || CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' END)
                 FROM pg_aggregate a WHERE a.aggfnoid = p.oid) ELSE :own(pg_get_functiondef(p.oid)) END,
           pg_get_function_result(p.oid), CASE WHEN p.prokind = 'a' THEN pg_get_function_arguments(p.oid) ELSE :arguments END]
FROM pg_proc p
WHERE p.oid >= 16384 AND p.pronamespace = ANY (ARRAY(SELECT oid FROM ns)) AND p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_proc'::regclass)
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
