// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.config;

import dev.skein.engine.ClassResources;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.embed.Migrations;
import dev.skein.engine.plan.UnknownHeads;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The api's own schema: Skein's revisions, applied by Skein's engine. */
public final class ApiSchema {
    private static final String[] FILES = {
        "20261101000000_api0001_core.sql",
        "20261123000000_api0002_evidence.sql",
        "20261123010000_api0003_rollback.sql",
        "20261123020000_api0004_safety.sql",
        "20261128000000_api0005_aside.sql",
        "20261128010000_api0006_aside.sql",
        "20261128020000_api0007_first_steps.sql",
        "20261128030000_api0008_saves.sql",
        "20261128040000_api0009_twins.sql",
        "20261128050000_api0010_letters.sql",
        "20261128060000_api0011_leader.sql",
        "20261128070000_api0012_what_is_gone.sql",
        "20261128080000_api0013_approved.sql",
        "20261128090000_api0014_continuity.sql",
        "20261128100000_api0015_standing.sql",
        "20261128110000_api0016_heard.sql",
        "20261129000000_api0017_gone.sql",
        "20261129010000_api0018_doubled.sql",
        "20261129020000_api0019_found.sql",
        "20261130000000_api0020_undoes.sql",
        "20261130010000_api0021_lapsed.sql",
        "20261130020000_api0022_listed.sql",
        "20261130040000_api0024_plans.sql",
        "20261130100000_api0030_refused.sql"
    };

    private ApiSchema() {}

    /** Brings the database up to date. */
    public static void apply(PgClient client, DatabaseAddress address) {
        try {
            revisions(client).upgrade(address, "heads");
        } catch (UnknownHeads e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "The database of the control plane, " + address,
                    "it is at "
                            + String.join(", ", e.unknown())
                            + ", which only a later version of this service knows",
                    "Start that version; nothing was changed",
                    e);
        }
    }

    /** The revisions that lead to it. */
    public static Migrations revisions(PgClient client) {
        return Migrations.of(files()).as("skein api").over(client);
    }

    private static Map<String, String> files() {
        return Stream.of(FILES)
                .collect(
                        Collectors.toMap(
                                f -> f,
                                f -> ClassResources.text(ApiSchema.class, "/revisions/" + f)));
    }
}
