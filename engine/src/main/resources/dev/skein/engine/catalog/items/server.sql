-- rare SERVER | pg_relation_size('pg_foreign_server') > 0
SELECT 'server', '', quote_ident(s.srvname), 'pg_foreign_server'::regclass, s.oid, 0, s.srvacl, 'S', s.srvowner,
       ARRAY[(SELECT quote_ident(f.fdwname) FROM pg_foreign_data_wrapper f WHERE f.oid = s.srvfdw), s.srvtype, s.srvversion,
           (SELECT string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), ', ' ORDER BY option_name COLLATE "C") FROM pg_options_to_table(s.srvoptions))]
FROM pg_foreign_server s WHERE :whole
