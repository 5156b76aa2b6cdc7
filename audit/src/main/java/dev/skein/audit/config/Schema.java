// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import dev.skein.engine.Resources;
import dev.skein.engine.embed.Migrations;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import java.util.Map;

/** The audit service's own schema: Skein's revisions, applied by Skein's engine. */
public final class Schema {
    private static final String FILE = "20261101000000_audit0001_log.sql";

    private Schema() {}

    /** Brings the database up to date. */
    public static void apply(PgClient client, DatabaseAddress address) {
        var files = Map.of(FILE, Resources.text(Schema.class, "/revisions/" + FILE));
        Migrations.of(files).as("skein audit").over(client).upgrade(address, "heads");
    }
}
