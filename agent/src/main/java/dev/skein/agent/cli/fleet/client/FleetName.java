// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ListedDatabase;
import dev.skein.engine.SkeinException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A database of the fleet as people write it and as it is printed: {@code name}, {@code site/name},
 * {@code site/server/name}, or its uid.
 */
public record FleetName(String text, @Nullable String site, @Nullable String server, String name) {
    private static final int LISTED_DATABASES = 10_000;
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
        return text.matches("[0-9a-f]{32}") ? text : only(list(client)).uid();
    }

    /** The same of one that is gone, also where one that is there has its name. */
    public String goneUid(ApiClient client) {
        if (text.matches("[0-9a-f]{32}")) {
            return text;
        }
        var all = list(client);
        var gone = all.stream().filter(d -> isMeant(d) && d.isGone()).toList();
        return only(gone.isEmpty() ? all : gone).uid();
    }

    /** The only one of these that is meant. */
    ListedDatabase only(List<ListedDatabase> databases) {
        var found = databases.stream().filter(this::isMeant).toList();
        if (found.size() == 1) {
            return found.getFirst();
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
    private List<ListedDatabase> list(ApiClient client) {
        var conditions = new ArrayList<String>();
        condition(conditions, "site", site);
        condition(conditions, "server", server);
        condition(conditions, "name", name);
        var select = URLEncoder.encode(String.join(" and ", conditions), StandardCharsets.UTF_8);
        var list = client.list("/api/databases?select=" + select, LISTED_DATABASES);
        return AnswerReader.list(list, ListedDatabase.class);
    }

    private static void condition(List<String> conditions, String key, @Nullable String value) {
        if (value != null && value.matches("[A-Za-z0-9_.-]+")) {
            conditions.add(key + " = " + value);
        }
    }

    private boolean isMeant(ListedDatabase database) {
        return isMeant(database.site(), database.server(), database.name());
    }

    /**
     * Whether a database is this one.
     *
     * @param itsServer empty where that is not known
     */
    public boolean isMeant(String itsSite, String itsServer, String itsName) {
        return itsName.equals(name)
                && (site == null || itsSite.equals(site))
                && (server == null || itsServer.isEmpty() || itsServer.equals(server));
    }

    /**
     * A database as answers of the services have it, so that it can be said again.
     *
     * @param site empty where that is not known
     */
    public static String printed(String site, String name) {
        return (site.isEmpty() ? "" : site + "/") + name;
    }

    private static String shown(List<ListedDatabase> found) {
        return found.stream().limit(SHOWN).map(FleetName::whole).collect(Collectors.joining(", "))
                + (found.size() > SHOWN ? ", …" : "");
    }

    private static String whole(ListedDatabase database) {
        return String.join("/", database.site(), database.server(), database.name());
    }
}
