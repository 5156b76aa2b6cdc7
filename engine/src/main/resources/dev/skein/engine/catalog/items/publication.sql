-- rare PUBLICATION | pg_relation_size('pg_publication') > 0
SELECT 'publication', '', quote_ident(b.pubname), 'pg_publication'::regclass, b.oid, 0, NULL, '', 0,
       ARRAY[CASE WHEN b.puballtables THEN 'ALL TABLES' ELSE
               (SELECT string_agg(m, ', ' ORDER BY m COLLATE "C") FROM (
                   SELECT 'TABLE ' || r.prrelid::regclass || :published FROM pg_publication_rel r WHERE r.prpubid = b.oid
                   :publishedschemas) AS members(m)) END,
           concat_ws(', ', CASE WHEN b.pubinsert THEN 'insert' END, CASE WHEN b.pubupdate THEN 'update' END, CASE WHEN b.pubdelete THEN 'delete' END, CASE WHEN b.pubtruncate THEN 'truncate' END),
           CASE WHEN b.pubviaroot THEN 'true' END]
FROM pg_publication b WHERE :whole
