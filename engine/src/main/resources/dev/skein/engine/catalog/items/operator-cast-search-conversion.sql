-- rare OPERATOR CAST SEARCH CONVERSION | EXISTS (SELECT FROM pg_depend d WHERE d.classid IN ('pg_operator'::regclass, 'pg_cast'::regclass, 'pg_ts_dict'::regclass, 'pg_ts_config'::regclass, 'pg_conversion'::regclass) AND d.objid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype IN ('e', 'i')))
SELECT 'operator', '', o.oid::regoperator::text, 'pg_operator'::regclass, o.oid, 0, NULL, '', 0,
       ARRAY[concat_ws(', ', 'FUNCTION = ' || o.oprcode, 'LEFTARG = ' || format_type(nullif(o.oprleft, 0), NULL), 'RIGHTARG = ' || format_type(o.oprright, NULL),
           'COMMUTATOR = OPERATOR(' || regexp_replace(nullif(o.oprcom, 0)::regoperator::text, '\([^()]*\)$', '') || ')',
           'NEGATOR = OPERATOR(' || regexp_replace(nullif(o.oprnegate, 0)::regoperator::text, '\([^()]*\)$', '') || ')',
           'RESTRICT = ' || nullif(o.oprrest, 0)::regproc, 'JOIN = ' || nullif(o.oprjoin, 0)::regproc, CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END)]
FROM pg_operator o
WHERE o.oid >= 16384 AND o.oprcode <> 0 AND o.oprnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND o.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_operator'::regclass)
  UNION ALL
SELECT 'cast', '', concat('(', format_type(c.castsource, NULL), ' AS ', format_type(c.casttarget, NULL), ')'), 'pg_cast'::regclass, c.oid, 0, NULL, '', 0,
       ARRAY[CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END
           || CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END]
FROM pg_cast c
WHERE :whole AND c.oid >= 16384 AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_cast'::regclass)
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'i')
  UNION ALL
SELECT 'text search dictionary', '', d.oid::regdictionary::text, 'pg_ts_dict'::regclass, d.oid, 0, NULL, '', 0,
       ARRAY[concat_ws(', ', 'TEMPLATE = ' || (SELECT concat(t.tmplnamespace::regnamespace, '.', quote_ident(t.tmplname)) FROM pg_ts_template t WHERE t.oid = d.dicttemplate), d.dictinitoption)]
FROM pg_ts_dict d
WHERE d.oid >= 16384 AND d.dictnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND d.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_ts_dict'::regclass)
  UNION ALL
SELECT 'text search configuration', '', c.oid::regconfig::text, 'pg_ts_config'::regclass, c.oid, 0, NULL, '', 0,
       ARRAY[(SELECT concat(p.prsnamespace::regnamespace, '.', quote_ident(p.prsname)) FROM pg_ts_parser p WHERE p.oid = c.cfgparser),
           (SELECT string_agg(m.alias || ' WITH ' || m.dictionaries, E'\n' ORDER BY m.alias COLLATE "C") FROM (
               SELECT t.alias, string_agg(g.mapdict::regdictionary::text, ', ' ORDER BY g.mapseqno) FROM pg_ts_config_map g JOIN ts_token_type(c.cfgparser) t ON t.tokid = g.maptokentype
               WHERE g.mapcfg = c.oid GROUP BY t.alias) AS m(alias, dictionaries))]
FROM pg_ts_config c
WHERE c.oid >= 16384 AND c.cfgnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_ts_config'::regclass)
  UNION ALL
SELECT 'conversion', '', :own(concat(c.connamespace::regnamespace, '.', quote_ident(c.conname))), 'pg_conversion'::regclass, c.oid, 0, NULL, '', 0,
       ARRAY[concat('FOR ', quote_literal(pg_encoding_to_char(c.conforencoding)), ' TO ', quote_literal(pg_encoding_to_char(c.contoencoding)), ' FROM ', c.conproc), CASE WHEN c.condefault THEN 'DEFAULT' END]
FROM pg_conversion c
WHERE c.oid >= 16384 AND c.connamespace = ANY (ARRAY(SELECT oid FROM ns)) AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_conversion'::regclass)
