-- What needs what, among user objects: places in the catalogs (class, object, column) as the items have them. A view's rule
-- stands for the view, a default for its column, an array for its element, a row type for its table, the index of a constraint
-- for the constraint, a multirange for its range, a member of an extension for the extension, a foreign key to a partition for the one to the whole table.
-- Ownership of a sequence is a thing of its own, at column -1. An inherited column stands for its table and for the column that
-- it is inherited from; where it is what needs something, that one is told at the
-- end, which needs nothing of the table that inherits.
WITH RECURSIVE root(id, root, rel) AS (
    SELECT k.oid, p.oid, k.conrelid FROM pg_constraint k JOIN pg_constraint p ON p.oid = k.conparentid
    WHERE k.contype = 'f' AND p.conparentid = 0 AND k.conrelid = p.conrelid
    UNION ALL
    SELECT k.oid, r.root, k.conrelid FROM root r JOIN pg_constraint k ON k.conparentid = r.id AND k.conrelid = r.rel
), edge AS MATERIALIZED (
    SELECT CASE WHEN r.oid IS NOT NULL OR a.oid IS NOT NULL THEN 'pg_class'::regclass::oid WHEN t.typrelid <> 0 THEN 'pg_class'::regclass::oid
                WHEN k.oid IS NOT NULL THEN 'pg_constraint'::regclass::oid ELSE d.classid END AS class,
           CASE WHEN r.oid IS NOT NULL THEN r.ev_class WHEN a.oid IS NOT NULL THEN a.adrelid WHEN t.typrelid <> 0 THEN t.typrelid
                ELSE coalesce(k.oid, root.root, d.objid) END AS id,
           CASE WHEN a.oid IS NOT NULL THEN a.adnum::int WHEN d.deptype = 'a' AND c.relkind = 'S' AND d.refobjsubid > 0 THEN -1 ELSE d.objsubid END AS sub,
           d.refclassid, d.refobjid, d.refobjsubid
    FROM pg_depend d
    LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid AND r.rulename = '_RETURN'
    LEFT JOIN pg_attrdef a ON d.classid = 'pg_attrdef'::regclass AND a.oid = d.objid
    LEFT JOIN pg_type t ON d.classid = 'pg_type'::regclass AND t.oid = d.objid
    LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
    LEFT JOIN pg_constraint k ON c.relkind IN ('i', 'I') AND k.conindid = d.objid AND k.contype IN ('p', 'u', 'x')
    LEFT JOIN root ON d.classid = 'pg_constraint'::regclass AND root.id = d.objid
    WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a', 'i')
), up(rel, num, origin, originnum, done) AS (
    SELECT a.attrelid, a.attnum::int, p.attrelid, p.attnum::int, p.attislocal
    FROM (SELECT id, sub FROM edge WHERE class = 'pg_class'::regclass AND sub > 0
          UNION SELECT refobjid, refobjsubid FROM edge WHERE refclassid = 'pg_class'::regclass AND refobjsubid > 0) AS named(rel, num)
    JOIN pg_attribute a ON a.attrelid = named.rel AND a.attnum = named.num AND a.attinhcount > 0 AND NOT a.attislocal
    JOIN pg_inherits i ON i.inhrelid = a.attrelid
    JOIN pg_attribute p ON p.attrelid = i.inhparent AND p.attname = a.attname
    UNION
    SELECT up.rel, up.num, p.attrelid, p.attnum::int, p.attislocal
    FROM up JOIN pg_attribute a ON a.attrelid = up.origin AND a.attnum = up.originnum
    JOIN pg_inherits i ON i.inhrelid = a.attrelid
    JOIN pg_attribute p ON p.attrelid = i.inhparent AND p.attname = a.attname
    WHERE NOT up.done
), named AS (
    SELECT e.class, e.id, e.sub,
           CASE WHEN x.refobjid IS NOT NULL THEN 'pg_extension'::regclass::oid WHEN k.oid IS NOT NULL THEN 'pg_constraint'::regclass::oid WHEN coalesce(el.typrelid, t.typrelid, 0) <> 0 THEN 'pg_class'::regclass::oid ELSE e.refclassid END AS toclass,
           coalesce(x.refobjid, k.oid, m.rngtypid, nullif(el.typrelid, 0), nullif(CASE WHEN el.oid IS NULL THEN t.typrelid END, 0), el.oid, a.adrelid, e.refobjid) AS toid,
           CASE WHEN k.oid IS NOT NULL OR x.refobjid IS NOT NULL THEN 0 WHEN a.oid IS NOT NULL THEN a.adnum::int ELSE e.refobjsubid END AS tosub
    FROM edge e
    LEFT JOIN pg_type t ON e.refclassid = 'pg_type'::regclass AND t.oid = e.refobjid
    LEFT JOIN pg_type el ON el.oid = t.typelem AND t.typcategory = 'A'
    LEFT JOIN pg_range m ON m.rngmultitypid = coalesce(el.oid, t.oid)
    LEFT JOIN pg_attrdef a ON e.refclassid = 'pg_attrdef'::regclass AND a.oid = e.refobjid
    LEFT JOIN pg_constraint k ON e.refclassid = 'pg_class'::regclass AND k.conindid = e.refobjid AND k.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_depend x ON x.classid = e.refclassid AND x.objid = e.refobjid AND x.deptype = 'e' AND x.refclassid = 'pg_extension'::regclass
), place AS (
    SELECT class, id, sub, toclass, toid, tosub FROM named
    UNION
    SELECT class, id, sub, toclass, up.origin, up.originnum FROM named JOIN up ON toclass = 'pg_class'::regclass AND up.rel = toid AND up.num = tosub AND up.done
)
SELECT DISTINCT b.class::bigint, b.id::bigint, b.sub, b.toclass::bigint, b.toid::bigint, b.tosub, coalesce(up.origin, 0)::bigint, coalesce(up.originnum, 0)
FROM place b LEFT JOIN up ON b.class = 'pg_class'::regclass AND up.rel = b.id AND up.num = b.sub AND up.done
WHERE up.origin IS NULL OR b.toclass <> 'pg_class'::regclass OR b.toid <> b.id
