// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which entries are meant. */
final class AuditFilter {
    @Option(
            names = {"-d", "--database"},
            paramLabel = FleetName.LABEL,
            description = "Of this database.")
    private @Nullable String database;

    @Option(names = "--rollout", paramLabel = "NAME", description = "Of this rollout.")
    private @Nullable String rollout;

    @Option(names = "--revision", paramLabel = "ID", description = "About this revision.")
    private @Nullable String revision;

    @Option(names = "--actor", paramLabel = "NAME", description = "By this account.")
    private @Nullable String actor;

    @Option(names = "--kind", paramLabel = "KIND", description = "Of this kind, such as applied.")
    private @Nullable String kind;

    @Option(names = "--since", paramLabel = "TIME", description = "From this day or instant on.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before this day or instant.")
    private @Nullable String until;

    /** As a request's parameters; a database's name is looked up. */
    String query(FleetOptions fleet) {
        var parts = new ArrayList<String>();
        add(parts, "database", database == null ? null : uid(fleet, database));
        add(parts, "rollout", rollout);
        add(parts, "revision", revision);
        add(parts, "actor", actor);
        add(parts, "kind", kind);
        add(parts, "since", since);
        add(parts, "until", until);
        return String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
        if (value != null) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static String uid(FleetOptions fleet, String name) {
        try (var client = fleet.client()) {
            return FleetName.parse(name).uid(client);
        }
    }
}
