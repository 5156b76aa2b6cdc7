-- Which versions of which rows the catalogs hold, as one number each: equal stamps of one database mean an equal schema, since
-- every change of it writes a row anew. Unequal ones mean nothing but that it has to be read: upkeep writes rows anew, too.
SELECT string_agg(concat_ws('.', rows, versions), ' ') FROM (
    SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_namespace WHERE nspname !~ '^pg_'
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_attribute WHERE attrelid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_attrdef WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_constraint WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_index WHERE indexrelid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_aggregate WHERE aggfnoid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_type WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_enum WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_range WHERE rngtypid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_trigger WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_rewrite WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_policy WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_description WHERE objoid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_description WHERE classoid = 'pg_namespace'::regclass AND objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public')
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_inherits WHERE inhrelid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_sequence WHERE seqrelid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_extension WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_statistic_ext WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_collation WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_event_trigger WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_publication WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_publication_rel WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_foreign_data_wrapper WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_foreign_server WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_foreign_table WHERE ftrelid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_default_acl WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_operator WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_cast WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_ts_dict WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_ts_config WHERE oid >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_ts_config_map WHERE mapcfg >= 16384
    UNION ALL SELECT count(*) AS rows, bit_xor(hashtextextended(ctid::text || xmin::text, 0)) AS versions FROM pg_conversion WHERE oid >= 16384
    :published
) AS catalogs
