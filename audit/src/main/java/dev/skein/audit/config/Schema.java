// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import dev.skein.engine.Resources;
import dev.skein.engine.embed.Migrations;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import java.util.HashMap;
import java.util.List;

/** The audit service's own schema: Skein's revisions, applied by Skein's engine. */
public final class Schema {
    private static final List<String> FILES =
            List.of(
                    "20261101000000_audit0001_log.sql",
                    "20261123000000_audit0002_proofs.sql",
                    "20261123010000_audit0003_restored.sql",
                    "20261123020000_audit0004_drift.sql");

    private Schema() {}

    /** Brings the database up to date. */
    public static void apply(PgClient client, DatabaseAddress address) {
        var files = new HashMap<String, String>();
        FILES.forEach(f -> files.put(f, Resources.text(Schema.class, "/revisions/" + f)));
        Migrations.of(files).as("skein audit").over(client).upgrade(address, "heads");
    }
}
