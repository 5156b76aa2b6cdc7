), collapsed_item(kind, relation, name, class, id, sub, attributes) AS MATERIALIZED (
    SELECT * FROM plain_item WHERE NOT EXISTS (SELECT FROM rel WHERE collapses)
          OR coalesce(nullif(relation, ''), name) NOT IN (SELECT rel.name FROM rel WHERE collapses)
        UNION ALL
    -- Partitions come and go: what some of a table have of their own counts once, whichever have it and whatever it is called there.
    SELECT kind, relation, concat_ws(' ', name, array_to_string(attributes, ', ')), min(class::oid)::regclass, min(id), min(sub), attributes
    FROM (SELECT p.kind, whole.name AS relation, CASE WHEN p.kind IN ('inherited column', 'policy', 'rule', 'trigger') THEN p.name END AS name, p.class, p.id, p.sub,
                 CASE p.kind WHEN 'index' THEN regexp_replace(p.attributes[1], '^CREATE (UNIQUE )?.*? USING ', '\1USING ')
                             WHEN 'statistics' THEN replace(replace(p.attributes[1], p.name, ''), r.name, whole.name)
                             ELSE replace(p.attributes[1], r.name, whole.name) END || own.attributes[2:] AS attributes
          FROM plain_item p JOIN rel r ON r.name = coalesce(nullif(p.relation, ''), p.name) AND r.collapses
          CROSS JOIN LATERAL (SELECT pg_partition_root(r.oid)::regclass::text AS name) AS whole
          -- CREATE TABLE (LIKE ... INCLUDING ALL) copies comments and statistics objects of the table's: they are nobody's own.
          CROSS JOIN LATERAL (SELECT CASE
              WHEN :copies AND p.kind = 'partition' AND p.attributes[6] IN (SELECT obj_description(h.relid, 'pg_class') FROM pg_partition_ancestors(r.oid) h WHERE h.relid <> r.oid)
                  THEN p.attributes[:5] || NULL::text || p.attributes[7:]
              WHEN :copies AND p.kind = 'inherited column' AND p.attributes[7] IN (SELECT col_description(a.attrelid, a.attnum) FROM pg_partition_ancestors(r.oid) h
                      JOIN pg_attribute a ON a.attrelid = h.relid AND a.attname = (SELECT attname FROM pg_attribute WHERE attrelid = r.oid AND attnum = p.sub) WHERE h.relid <> r.oid)
                  THEN p.attributes[:6] || NULL::text || p.attributes[8:]
              ELSE p.attributes END) AS own(attributes)
          WHERE (p.relation <> '' OR p.kind = 'partition')
            AND NOT (:copies AND p.kind = 'statistics' AND EXISTS (
                SELECT FROM pg_statistic_ext c JOIN pg_statistic_ext o ON o.stxrelid <> c.stxrelid AND o.stxrelid IN (SELECT relid FROM pg_partition_ancestors(c.stxrelid))
                WHERE c.oid = p.id AND (c.stxkind @> o.stxkind AND c.stxkind <@ o.stxkind)
                  AND (SELECT array_agg(attname ORDER BY attname) FROM pg_attribute WHERE attrelid = c.stxrelid AND attnum = ANY (c.stxkeys))
                      IS NOT DISTINCT FROM (SELECT array_agg(attname ORDER BY attname) FROM pg_attribute WHERE attrelid = o.stxrelid AND attnum = ANY (o.stxkeys))
                  AND (SELECT array_agg(e ORDER BY e) FROM unnest(pg_get_statisticsobjdef_expressions(c.oid)) e)
                      IS NOT DISTINCT FROM (SELECT array_agg(e ORDER BY e) FROM unnest(pg_get_statisticsobjdef_expressions(o.oid)) e)
                  AND coalesce(nullif(c.stxstattarget, -1), o.stxstattarget) IS NOT DISTINCT FROM o.stxstattarget
                  AND coalesce(obj_description(c.oid, 'pg_statistic_ext'), obj_description(o.oid, 'pg_statistic_ext')) IS NOT DISTINCT FROM obj_description(o.oid, 'pg_statistic_ext')))) AS owned
    GROUP BY kind, relation, name, attributes
