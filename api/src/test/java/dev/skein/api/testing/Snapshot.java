// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.testing;

import dev.skein.service.database.Db;
import java.util.List;

/**
 * A copy of everything in a database, to which it can be put back at one stroke, as if it had been
 * restored from a backup of that moment while everybody kept running.
 */
public final class Snapshot {
    private final Db db;
    private final String schema;

    private Snapshot(Db db, String schema) {
        this.db = db;
        this.schema = schema;
    }

    /** Takes one. */
    public static Snapshot of(Db db, String name) {
        var snapshot = new Snapshot(db, "snapshot_" + name);
        db.run(tx -> {
            tx.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            tx.query("CREATE SCHEMA " + snapshot.schema);
            for (var table : tables(tx)) {
                tx.query(
                        "CREATE TABLE %s.%s AS TABLE public.%s"
                                .formatted(snapshot.schema, table, table));
            }
        });
        return snapshot;
    }

    private static List<String> tables(Db.Tx tx) {
        return tx.list(
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY"
                        + " 1",
                row -> row.getString(0));
    }

    /** Puts the database back. */
    public void restore() {
        db.run(tx -> {
            tx.query("SET LOCAL session_replication_role = replica"); // as a restore does, in any
            // order
            tx.query("TRUNCATE " + String.join(", ", tables(tx)));
            for (var table : tables(tx)) {
                tx.query(
                        "INSERT INTO public.%s OVERRIDING SYSTEM VALUE TABLE %s.%s"
                                .formatted(table, schema, table));
            }
        });
    }

    /** Forgets it. */
    public void drop() {
        db.run(tx -> tx.query("DROP SCHEMA " + schema + " CASCADE"));
    }
}
