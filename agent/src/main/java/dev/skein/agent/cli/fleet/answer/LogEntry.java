// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log.
 *
 * @param database whose it is, as far as that is known; else empty
 * @param says what its envelope says, whatever that is
 * @param body SQL or error text, where it is one
 */
public record LogEntry(
        long index,
        String source,
        String database,
        long seq,
        JsonNode says,
        @JsonSetter(nulls = Nulls.SET) @Nullable String body) {
    public LogEntry {
        says = Objects.requireNonNullElse(says, MissingNode.getInstance());
    }

    /** Its database as options take it: by its name, or by its uid where nobody knows that. */
    public String whose() {
        return database.isEmpty() ? source.replaceFirst("^db/([^/]*)/.*$", "$1") : database;
    }
}
