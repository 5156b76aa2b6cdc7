// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.Digests;
import dev.skein.engine.postgres.PgSession;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which database this is, as its server says.
 *
 * @param systemIdentifier of the cluster
 * @param databaseOid its number there
 * @param place its name
 * @param site the site and the server's name there, as an agent is configured: names outlive
 *     addresses, which change with a failover or a port. Absent on the command line, where neither
 *     is known
 */
public record DatabaseIdentity(
        String systemIdentifier, long databaseOid, String place, @Nullable String site) {
    private static final int DIGITS = 32;
    private static final Pattern UID = Pattern.compile("[0-9a-f]{" + DIGITS + "}");

    /** The columns that {@link #of} reads, of the database that a session is connected to. */
    public static final String COLUMNS =
            """
            (SELECT system_identifier::text FROM pg_control_system()) AS system, (SELECT oid::bigint
                FROM pg_database WHERE datname = current_database()) AS oid,
                current_database()::text AS name
            """;

    /** From a row with {@link #COLUMNS}. */
    public static DatabaseIdentity of(Row row, @Nullable String site) {
        return new DatabaseIdentity(
                row.getString("system"), row.getLong("oid"), row.getString("name"), site);
    }

    /** Which database a session is connected to. */
    public static DatabaseIdentity here(PgSession session, @Nullable String site) {
        return of(session.query("SELECT " + COLUMNS).iterator().next(), site);
    }

    /** Whether both are the same database; sites count where both are known. */
    public boolean isSame(DatabaseIdentity other) {
        return systemIdentifier.equals(other.systemIdentifier)
                && databaseOid == other.databaseOid
                && place.equals(other.place)
                && (site == null || other.site == null || site.equals(other.site));
    }

    /**
     * Whether it is known of both that they are the same: of a place whose site is known, one
     * without a site may be another server's.
     */
    public boolean isSurely(DatabaseIdentity here) {
        return isSame(here) && (site == null || here.site != null);
    }

    /** The same at a site. */
    public DatabaseIdentity withSite(@Nullable String other) {
        return new DatabaseIdentity(systemIdentifier, databaseOid, place, other);
    }

    /** For people. */
    public String inWords() {
        return place
                + " in cluster "
                + systemIdentifier
                + " (OID "
                + databaseOid
                + (site == null ? ")" : ", at " + site + ")");
    }

    /** What tells this place from every other one that an agent sees, whatever its journal says. */
    public String placeUid() {
        return hashed("skein place\n" + systemIdentifier + "\n" + databaseOid + "\n" + site);
    }

    /** The uid that a database gets at first contact; known before anything is written to it. */
    public String uid(String target) {
        return hashed("skein uid\n" + systemIdentifier + "\n" + databaseOid + "\n" + target);
    }

    /** Whether a text has a uid's form: whoever can write to a tenant can write any there. */
    public static boolean isUid(String text) {
        return UID.matcher(text).matches();
    }

    /** One that no place leads to: whatever has the same numbers, only chance tells it apart. */
    public static String chosenUid() {
        var bytes = new byte[DIGITS / 2];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String hashed(String text) {
        return Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, DIGITS);
    }
}
