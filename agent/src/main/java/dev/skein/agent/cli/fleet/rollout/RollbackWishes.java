// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to be taken back of a rollout, and how; all of it where nothing is said. */
final class RollbackWishes {
    @Option(names = "--wave", paramLabel = "NAME", description = "Only this wave's databases.")
    private @Nullable String wave;

    @Option(
            names = {"-d", "--database"},
            paramLabel = FleetName.LABEL,
            description = "Only this database.")
    private @Nullable String database;

    @Option(
            names = "--way",
            paramLabel = "downgrade|restore",
            description =
                    "By the revisions' downgrades, or by the backup from before (default: the"
                            + " downgrade where nothing is known against it).")
    private @Nullable String way;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            converter = PositiveCount.class,
            description = "So many databases at a time.")
    private @Nullable Integer parallel;

    @Option(
            names = "--plan",
            paramLabel = "HASH",
            description = "The plan that you looked at: another one is refused.")
    private @Nullable String seen;

    /** The only database's uid, or its name in the rollout; null where all are meant. */
    @Nullable String uid(ApiClient client) {
        if (database == null) {
            return null;
        }
        // A plain name is one of the rollout's, of which there may be fewer than in the fleet.
        return database.contains("/") ? FleetName.parse(database).uid(client) : database;
    }

    /** As options on the command line, all but the plan. */
    List<String> words() {
        var words = new ArrayList<String>();
        option(words, "--wave", wave);
        option(words, "--database", database);
        option(words, "--way", way);
        option(words, "--parallel", parallel);
        return words;
    }

    private static void option(List<String> words, String name, @Nullable Object value) {
        if (value != null) {
            words.addAll(List.of(name, value.toString()));
        }
    }

    /** As a request to do it. */
    Map<String, Object> body(String reason, @Nullable String uid) {
        var body = new LinkedHashMap<String, Object>();
        body.put("reason", reason);
        field(body, "wave", wave);
        field(body, "database", uid);
        field(body, "way", way);
        field(body, "parallel", parallel);
        field(body, "seen", seen);
        return body;
    }

    private static void field(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    /** As the parameters of a request to see it. */
    String query(@Nullable String uid) {
        return (wave == null ? "" : "wave=" + encoded(wave) + "&")
                + (uid == null ? "" : "database=" + encoded(uid) + "&")
                + (way == null ? "" : "way=" + encoded(way));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
