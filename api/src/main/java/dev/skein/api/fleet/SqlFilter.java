// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.fleet;

import java.util.ArrayList;
import java.util.List;

/** What has to hold of a row, as SQL, with its parameters in the order of their numbers. */
public final class SqlFilter {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** Takes a parameter up; gives what stands for it. */
    public String parameter(Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    /** Adds a condition, in which {@link #parameter parameters} may stand. */
    public SqlFilter and(String condition) {
        conditions.add(condition);
        return this;
    }

    /** All conditions together. */
    public String where() {
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    public Object[] parameters() {
        return parameters.toArray();
    }
}
