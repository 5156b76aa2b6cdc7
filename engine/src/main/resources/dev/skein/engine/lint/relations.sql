-- Every user relation as this transaction sees it, with the locks that it holds and what it did there.
SELECT c.oid::bigint, c.oid::regclass::text, c.relkind::text, c.relfilenode::bigint,
       ARRAY(SELECT DISTINCT l.mode FROM pg_locks l WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.relation = c.oid AND l.granted),
       coalesce(s.seq_scan, 0)::bigint, coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0)::bigint,
       ARRAY(SELECT a.attnum || ':' || quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f'))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_stat_xact_all_tables s ON s.relid = c.oid
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'i', 'I') AND n.nspname NOT IN ('pg_toast', 'skein') AND n.nspname NOT LIKE 'pg\_temp%'
