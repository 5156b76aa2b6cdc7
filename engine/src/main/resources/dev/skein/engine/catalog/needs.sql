-- What needs what, among user objects: places in the catalogs (class, object, column) as the items have them. A view's rule
-- stands for the view, a default for its column, an array for its element, a row type for its table, the index of a constraint
-- for the constraint, a member of an extension for the extension. Ownership of a sequence is a thing of its own, at column -1.
WITH edge AS (
    SELECT CASE WHEN r.oid IS NOT NULL OR a.oid IS NOT NULL THEN 'pg_class'::regclass::oid WHEN t.typrelid <> 0 THEN 'pg_class'::regclass::oid ELSE d.classid END AS class,
           CASE WHEN r.oid IS NOT NULL THEN r.ev_class WHEN a.oid IS NOT NULL THEN a.adrelid WHEN t.typrelid <> 0 THEN t.typrelid ELSE d.objid END AS id,
           CASE WHEN a.oid IS NOT NULL THEN a.adnum::int WHEN d.deptype = 'a' AND c.relkind = 'S' AND d.refobjsubid > 0 THEN -1 ELSE d.objsubid END AS sub,
           d.refclassid, d.refobjid, d.refobjsubid
    FROM pg_depend d
    LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid AND r.rulename = '_RETURN'
    LEFT JOIN pg_attrdef a ON d.classid = 'pg_attrdef'::regclass AND a.oid = d.objid
    LEFT JOIN pg_type t ON d.classid = 'pg_type'::regclass AND t.oid = d.objid
    LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
    WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a', 'i')
)
SELECT DISTINCT e.class::bigint, e.id::bigint, e.sub,
       (CASE WHEN x.refobjid IS NOT NULL THEN 'pg_extension'::regclass::oid WHEN k.oid IS NOT NULL THEN 'pg_constraint'::regclass::oid WHEN coalesce(el.typrelid, t.typrelid, 0) <> 0 THEN 'pg_class'::regclass::oid ELSE e.refclassid END)::bigint,
       coalesce(x.refobjid, k.oid, nullif(el.typrelid, 0), nullif(CASE WHEN el.oid IS NULL THEN t.typrelid END, 0), el.oid, a.adrelid, e.refobjid)::bigint,
       CASE WHEN k.oid IS NOT NULL OR x.refobjid IS NOT NULL THEN 0 WHEN a.oid IS NOT NULL THEN a.adnum::int ELSE e.refobjsubid END
FROM edge e
LEFT JOIN pg_type t ON e.refclassid = 'pg_type'::regclass AND t.oid = e.refobjid
LEFT JOIN pg_type el ON el.oid = t.typelem AND t.typcategory = 'A'
LEFT JOIN pg_attrdef a ON e.refclassid = 'pg_attrdef'::regclass AND a.oid = e.refobjid
LEFT JOIN pg_constraint k ON e.refclassid = 'pg_class'::regclass AND k.conindid = e.refobjid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_depend x ON x.classid = e.refclassid AND x.objid = e.refobjid AND x.deptype = 'e' AND x.refclassid = 'pg_extension'::regclass
