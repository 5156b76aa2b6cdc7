// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.fleet;

import dev.skein.engine.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition on a database: whether the value of a key is among some, or is not.
 *
 * @param wanted whether it has to be among them; one that lacks the key has no value
 */
record SelectorCondition(String key, boolean wanted, List<Glob> values) {
    /** Beyond every text that begins so: no text has this character. */
    private static final String BEYOND = "\uDBFF\uDFFF";

    private static final String NAME = "name COLLATE \"C\"";

    SelectorCondition {
        values = List.copyOf(values);
    }

    boolean holds(FleetDatabase database) {
        var value = database.attribute(key);
        var found = value != null && values.stream().anyMatch(glob -> glob.matches(value));
        return found == wanted;
    }

    /** Whether the key is a label's. */
    boolean isOfLabel() {
        return !FleetDatabase.ATTRIBUTES.contains(key);
    }

    /** The same of a row of {@code fleet_database}. */
    void addTo(SqlFilter filter) {
        var value = isOfLabel() ? "(labels ->> " + filter.parameter(key) + "::text)" : column();
        var terms = new ArrayList<String>();
        var exact = values.stream().filter(v -> !isPattern(v)).map(v -> v.parts().getFirst());
        terms.add(value + " = ANY(" + filter.parameter(exact.toArray(String[]::new)) + ")");
        values.stream()
                .filter(SelectorCondition::isPattern)
                .map(glob -> like(filter, value, glob))
                .forEach(terms::add);
        var any = "(" + String.join(" OR ", terms) + ")";
        filter.and(wanted ? any : "NOT coalesce(" + any + ", false)");
    }

    private String column() {
        return key.equals("name") ? NAME : key;
    }

    private static boolean isPattern(Glob glob) {
        return glob.parts().size() > 1;
    }

    /** An index finds what begins like a text, whatever the pattern is when it is planned. */
    private static String like(SqlFilter filter, String value, Glob glob) {
        var pattern =
                glob.parts().stream()
                        .map(part -> part.replaceAll("([\\\\%_])", "\\\\$1"))
                        .collect(Collectors.joining("%"));
        var like = value + " LIKE " + filter.parameter(pattern);
        var first = glob.parts().getFirst();
        if (first.isEmpty() || !value.equals(NAME)) {
            return like;
        }
        var from = filter.parameter(first);
        var to = filter.parameter(first + BEYOND);
        return "(%1$s >= %2$s AND %1$s < %3$s AND %4$s)".formatted(value, from, to, like);
    }
}
