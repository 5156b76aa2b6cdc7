-- rare TYPE DOMAIN | EXISTS (SELECT FROM pg_type WHERE oid >= 16384 AND typtype IN ('e', 'd', 'r'))
SELECT CASE t.typtype WHEN 'e' THEN 'enum type' WHEN 'd' THEN 'domain' ELSE 'range type' END, '', t.oid::regtype::text, 'pg_type'::regclass, t.oid, 0, t.typacl, 'T', t.typowner,
       CASE t.typtype
           WHEN 'e' THEN ARRAY[(SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)]
           WHEN 'd' THEN ARRAY[format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typcollation <> (SELECT b.typcollation FROM pg_type b WHERE b.oid = t.typbasetype)
               THEN t.typcollation::regcollation::text END, CASE WHEN t.typnotnull THEN 'not null' END, pg_get_expr(t.typdefaultbin, 0)]
           ELSE (SELECT ARRAY[concat_ws(', ', 'SUBTYPE = ' || format_type(r.rngsubtype, NULL), 'SUBTYPE_OPCLASS = ' || (SELECT o.opcname FROM pg_opclass o WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
               'COLLATION = ' || nullif(nullif(r.rngcollation, 0), (SELECT b.typcollation FROM pg_type b WHERE b.oid = r.rngsubtype))::regcollation,
               'CANONICAL = ' || nullif(r.rngcanonical, 0)::regproc, 'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff, 0)::regproc, 'MULTIRANGE_TYPE_NAME = ' || r.rngmultitypid::regtype)]
               FROM pg_range r WHERE r.rngtypid = t.oid) END
FROM pg_type t
WHERE t.typtype IN ('e', 'd', 'r') AND t.oid >= 16384 AND t.typnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
