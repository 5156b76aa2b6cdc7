// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.postgres.SqlLiterals;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a database an order is about: all of it, or one tenant's schema in it.
 *
 * @param schema the tenant's schema; empty for the whole database. It is the journal's target
 * @param shared schemas behind it in the search path, for extensions and what tenants share
 * @param site the site and the server's name there; absent on the command line
 */
public record Scope(String schema, List<String> shared, @Nullable String site) {
    /** The whole database, as the command line sees it. */
    public static final Scope DATABASE = new Scope("", List.of(), null);

    public Scope {
        shared = List.copyOf(shared);
    }

    /** The whole database, as the agent of a site sees it. */
    public static Scope at(String site) {
        return new Scope("", List.of(), site);
    }

    /** One tenant's schema, in front of {@code public}. */
    public static Scope schema(String name) {
        return new Scope(name, List.of("public"), null);
    }

    /** The same with another schema. */
    public Scope withSchema(String other) {
        return new Scope(other, shared, site);
    }

    /** The same at a site. */
    public Scope withSite(@Nullable String other) {
        return new Scope(schema, shared, other);
    }

    public boolean isDatabase() {
        return schema.isEmpty();
    }

    /** The search path that its scripts run with. */
    public String searchPath() {
        return Stream.concat(Stream.of(schema), shared.stream())
                .map(SqlLiterals::name)
                .collect(Collectors.joining(", "));
    }
}
