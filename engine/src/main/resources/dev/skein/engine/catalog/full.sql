), full_item(kind, relation, name, class, id, sub, attributes) AS (
    -- Two things that the server prints otherwise once it has read again what it printed, as a dump and a restore make it do:
    -- x IN ('a', 'b') on a varchar column is kept as (ARRAY[...])::text[], and becomes ARRAY[(...)::text, ...];
    -- 'a' in a subquery becomes 'a'::text AS text. The server takes long to make regular expressions ready, so texts that they cannot
    -- match do not meet them; with OFFSET 0 and MATERIALIZED it makes each text once, and not at each place where it is named.
    SELECT kind, relation, name, class, id, sub,
           CASE WHEN kind IN ('view', 'materialized view', 'rule') AND (strpos(relisted, '''::') > 0 OR strpos(relisted, 'NULL::') > 0)
                THEN regexp_replace(regexp_replace(relisted,
                         '(''|NULL)::(\w+) AS \\?"?\2\\?"?(?=[,;)\n])', '\1::\2', 'g'),
                         '((?:''|NULL)::(?:integer|bigint|boolean|character varying|timestamp with(?:out)? time zone|double precision)) AS \\?"?(?:int4|int8|bool|varchar|timestamptz|timestamp|float8)\\?"?(?=[,;)\n])', '\1', 'g')
                ELSE relisted END
    FROM (SELECT *, CASE WHEN kind NOT IN ('function', 'procedure') AND strpos(listed, '''::character varying') > 0
                THEN regexp_replace(regexp_replace(listed,
                         '(\[|, )\((''(?:[^'']|'''')*''::character varying)\)::text(?=, |\])', '\1\2', 'g'),
                         '\((ARRAY\[(?:''(?:[^'']|'''')*''::character varying(?:, )?)+\])\)::text\[\]', '\1', 'g')
                ELSE listed END AS relisted
          FROM (SELECT *, attributes::text AS listed FROM :items
                WHERE kind NOT IN ('partition', 'inherited column') OR array_remove(attributes, NULL) <> '{}' OFFSET 0) AS in_words OFFSET 0) AS once_more
)
