-- User objects have OIDs from 16384 on: the bound turns scans of the system's own rows into index look-ups.
-- One file in items/ per kind: kind, relation it hangs on, name, where it is in the catalogs, its access rights with their kind and the
-- owner who needs none, and its attributes in the order in which ObjectKind names them. A rare kind's begins with a line that tells
-- which words make such objects, and what is true of a database that may have some.
WITH ext AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
), ns AS MATERIALIZED (
    -- What an extension keeps in a schema of its own, such as the chunks of its tables, comes and goes with its work.
    SELECT oid, nspname, nspacl, nspowner FROM pg_namespace WHERE :schemas AND oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_namespace'::regclass)
), rel AS MATERIALIZED (
    SELECT c.oid, c.oid::regclass::text AS name, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relacl, relowner, relispartition,
           reloptions || CASE WHEN :besides AND reltoastrelid <> 0 THEN
               (SELECT array_agg('toast.' || o) FROM pg_class x, unnest(x.reloptions) o WHERE x.oid = c.reltoastrelid) END AS reloptions,
           relpartbound, relreplident, relhassubclass, relam, relispartition AND NOT :partitions AS collapses
    FROM pg_class c
    WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
      AND relnamespace = ANY (ARRAY(SELECT oid FROM ns)) AND oid >= 16384 AND oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
), parent_column AS MATERIALIZED (
    -- The default of a partition that was made as one is the same tree, but for the places in its text.
    SELECT a.attrelid, a.attname, a.attnotnull, a.atthasdef, a.attstorage, a.attcompression, a.attstattarget, a.attoptions, a.attacl, d.adbin,
           regexp_replace(d.adbin::text, ':location \d+', ':location -1', 'g') AS tree
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
    WHERE a.attrelid IN (SELECT i.inhparent FROM pg_inherits i JOIN rel ON rel.oid = i.inhrelid) AND a.attnum > 0 AND NOT a.attisdropped
), item(kind, relation, name, class, id, sub, acl, rights, owner, attributes) AS MATERIALIZED (
