// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.SkeinException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A database of the fleet as people write it and as it is printed: {@code name}, {@code site/name},
 * {@code site/server/name}, or its uid.
 */
public record FleetName(String text, @Nullable String site, @Nullable String server, String name) {
    private static final int MOST = 10_000;
    private static final int SHOWN = 10;

    /** What an option that takes one is labelled with. */
    public static final String LABEL = "[SITE/[SERVER/]]NAME|UID";

    /** Reads one; a name may itself contain a slash behind site and server. */
    public static FleetName parse(String text) {
        var parts = Arrays.asList(text.split("/", 3));
        return switch (parts.size()) {
            case 1 -> new FleetName(text, null, null, text);
            case 2 -> new FleetName(text, parts.get(0), null, parts.get(1));
            default -> new FleetName(text, parts.get(0), parts.get(1), parts.get(2));
        };
    }

    /**
     * Its uid.
     *
     * @throws SkeinException where the fleet has none, or several, which are named
     */
    public String uid(ApiClient client) {
        return text.matches("[0-9a-f]{32}")
                ? text
                : one(StreamSupport.stream(list(client).spliterator(), false).toList());
    }

    /** The same of one that is gone, also where one that is there has its name. */
    public String goneUid(ApiClient client) {
        if (text.matches("[0-9a-f]{32}")) {
            return text;
        }
        var all = StreamSupport.stream(list(client).spliterator(), false).toList();
        var gone = all.stream().filter(d -> isMeant(d) && d.hasNonNull("notSeenSince")).toList();
        return one(gone.isEmpty() ? all : gone);
    }

    String one(List<JsonNode> databases) {
        var found = databases.stream().filter(this::isMeant).toList();
        if (found.size() == 1) {
            return found.getFirst().path("uid").asText();
        }
        throw SkeinException.usage(
                "Database '" + text + "'",
                found.isEmpty()
                        ? "the fleet has none of this name"
                        : "it may be any of " + found.size(),
                found.isEmpty()
                        ? "See: skein targets; one that is gone is known by its uid"
                        : "Name one of them: " + shown(found));
    }

    /** Asks for no more than the selector can say: a name may have what that has no form for. */
    private JsonNode list(ApiClient client) {
        var conditions = new ArrayList<String>();
        condition(conditions, "site", site);
        condition(conditions, "server", server);
        condition(conditions, "name", name);
        var select = URLEncoder.encode(String.join(" and ", conditions), StandardCharsets.UTF_8);
        return client.get("/api/databases?limit=" + MOST + "&select=" + select);
    }

    private static void condition(List<String> conditions, String key, @Nullable String value) {
        if (value != null && value.matches("[A-Za-z0-9_.-]+")) {
            conditions.add(key + " = " + value);
        }
    }

    /** Whether a database of a list is this one. */
    public boolean isMeant(JsonNode database) {
        return database.path("name").asText().equals(name)
                && (site == null || database.path("site").asText().equals(site))
                && (server == null
                        || !database.has("server")
                        || database.path("server").asText().equals(server));
    }

    /**
     * A database as answers of the services have it, so that it can be said again.
     *
     * @param name the field that has its name
     */
    public static String printed(JsonNode database, String name) {
        var site = database.path("site").asText("");
        return (site.isEmpty() ? "" : site + "/") + database.path(name).asText();
    }

    private static String shown(List<JsonNode> found) {
        return found.stream().limit(SHOWN).map(FleetName::whole).collect(Collectors.joining(", "))
                + (found.size() > SHOWN ? ", …" : "");
    }

    private static String whole(JsonNode database) {
        return String.join(
                "/",
                database.path("site").asText(),
                database.path("server").asText(),
                database.path("name").asText());
    }
}
