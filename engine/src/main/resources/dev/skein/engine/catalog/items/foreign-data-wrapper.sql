-- rare FOREIGN EXTENSION | pg_relation_size('pg_foreign_data_wrapper') > 0
SELECT 'foreign data wrapper', '', quote_ident(f.fdwname), 'pg_foreign_data_wrapper'::regclass, f.oid, 0, f.fdwacl, 'F', f.fdwowner,
       ARRAY[nullif(f.fdwhandler, 0)::regproc::text, nullif(f.fdwvalidator, 0)::regproc::text,
           (SELECT string_agg(quote_ident(option_name) || ' ' || quote_literal(option_value), ', ' ORDER BY option_name COLLATE "C") FROM pg_options_to_table(f.fdwoptions))]
FROM pg_foreign_data_wrapper f WHERE :whole AND f.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_foreign_data_wrapper'::regclass)
