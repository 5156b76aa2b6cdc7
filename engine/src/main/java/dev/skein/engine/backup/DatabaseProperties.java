// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database has that is not in its dump: how it was created, settings, privileges, comment,
 * limit of connections. As statements that give another database the same.
 */
final class DatabaseProperties {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    /** Settings whose stored value is a list of names, quoted as it must be. */
    private static final Set<String> LISTS =
            Set.of(
                    "search_path",
                    "temp_tablespaces",
                    "local_preload_libraries",
                    "session_preload_libraries",
                    "shared_preload_libraries",
                    "unix_socket_directories");

    private static final String BASICS =
            """
            SELECT to_jsonb(d) AS d, pg_encoding_to_char(d.encoding) AS encoding,
                pg_get_userbyid(d.datdba)::text AS owner, t.spcname::text AS tablespace,
                shobj_description(d.oid, 'pg_database') AS comment
            FROM pg_database d
            JOIN pg_tablespace t ON t.oid = d.dattablespace
            WHERE d.datname = current_database()
            """;
    private static final String SETTINGS =
            """
            SELECT r.rolname::text AS role, split_part(c, '=', 1) AS name, substr(c, strpos(c, '=')
                + 1) AS value
            FROM pg_db_role_setting s
            JOIN pg_database d ON d.oid = s.setdatabase CROSS JOIN unnest(s.setconfig) AS c
            LEFT JOIN pg_roles r ON r.oid = s.setrole
            WHERE d.datname = current_database()
            """;
    private static final String GRANTS =
            """
            SELECT CASE WHEN a.grantee = 0 THEN NULL ELSE pg_get_userbyid(a.grantee)::text END AS
                grantee, a.privilege_type AS privilege, a.is_grantable AS grantable,
                CASE WHEN a.grantor <> d.datdba THEN pg_get_userbyid(a.grantor)::text END AS grantor
            FROM pg_database d CROSS JOIN aclexplode(d.datacl) AS a
            WHERE d.datname = current_database()
            ORDER BY a.grantor <> d.datdba
            """;

    private final JsonObject database;
    private final Row basics;
    private final List<Row> settings = new ArrayList<>();
    private final List<Row> grants = new ArrayList<>();

    private DatabaseProperties(Row basics) {
        this.basics = basics;
        this.database = basics.getJsonObject("d");
    }

    /** Reads those of the database that a session is connected to. */
    static DatabaseProperties of(PgSession session) {
        var read = new DatabaseProperties(session.script(BASICS, QUERY_TIMEOUT).iterator().next());
        session.script(SETTINGS, QUERY_TIMEOUT).forEach(read.settings::add);
        session.script(GRANTS, QUERY_TIMEOUT).forEach(read.grants::add);
        return read;
    }

    /** The statement that creates an empty database like it. */
    String create(String name) {
        return "CREATE DATABASE "
                + SqlLiterals.name(name)
                + " TEMPLATE template0 OWNER "
                + SqlLiterals.name(basics.getString("owner"))
                + " ENCODING "
                + SqlLiterals.text(basics.getString("encoding"))
                + " LC_COLLATE "
                + SqlLiterals.text(database.getString("datcollate"))
                + " LC_CTYPE "
                + SqlLiterals.text(database.getString("datctype"))
                + provider()
                + rules()
                + tablespace();
    }

    /** The usual one is not named: who is no superuser may not. */
    private String tablespace() {
        var name = basics.getString("tablespace");
        return name.equals("pg_default") ? "" : " TABLESPACE " + SqlLiterals.name(name);
    }

    /** Who compares texts; known since version 15, where its locale has had three names. */
    private String provider() {
        var provider = database.getString("datlocprovider", "c");
        var locale = database.getString("datlocale", database.getString("daticulocale"));
        return switch (provider) {
            case "i" -> " LOCALE_PROVIDER icu ICU_LOCALE " + SqlLiterals.text(locale);
            case "b" -> " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + SqlLiterals.text(locale);
            default -> "";
        };
    }

    /** How texts are compared beyond their locale; known since version 16. */
    private String rules() {
        var rules = database.getString("daticurules");
        return rules == null ? "" : " ICU_RULES " + SqlLiterals.text(rules);
    }

    /** The statements that give a database the rest. */
    List<String> give(String name) {
        var statements = new ArrayList<String>();
        var to = " DATABASE " + SqlLiterals.name(name) + " ";
        settings.forEach(row -> statements.add(setting(row, name)));
        if (database.getValue("datacl") != null) {
            // What its owner gave up is not theirs again.
            var owner = SqlLiterals.name(basics.getString("owner"));
            statements.add("REVOKE ALL ON" + to + "FROM PUBLIC, " + owner);
            grants.forEach(row -> statements.add(grant(row, to)));
        }
        var comment = basics.getString("comment");
        if (comment != null) {
            statements.add("COMMENT ON" + to + "IS " + SqlLiterals.text(comment));
        }
        statements.add("ALTER" + to + "CONNECTION LIMIT " + database.getInteger("datconnlimit"));
        return statements;
    }

    private static String setting(Row row, String name) {
        var role = row.getString("role");
        var setting = row.getString("name");
        var value = row.getString("value");
        return (role == null
                        ? "ALTER DATABASE " + SqlLiterals.name(name)
                        : "ALTER ROLE "
                                + SqlLiterals.name(role)
                                + " IN DATABASE "
                                + SqlLiterals.name(name))
                + " SET "
                + setting
                + " TO "
                + (LISTS.contains(setting) && !value.isEmpty() ? value : SqlLiterals.text(value));
    }

    /** As who granted it: the owner can be anybody who is a member of it. */
    private static String grant(Row row, String to) {
        var grantee = row.getString("grantee");
        var grantor = row.getString("grantor");
        var given = given(row, to, grantee);
        return grantor == null
                ? given
                : "SET ROLE " + SqlLiterals.name(grantor) + "; " + given + "; RESET ROLE";
    }

    private static String given(Row row, String to, @Nullable String grantee) {
        return "GRANT "
                + row.getString("privilege")
                + " ON"
                + to
                + "TO "
                + (grantee == null ? "PUBLIC" : SqlLiterals.name(grantee))
                + (row.getBoolean("grantable") ? " WITH GRANT OPTION" : "");
    }
}
