// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import dev.skein.audit.log.LogSearch;
import dev.skein.audit.log.WrittenTime;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request asks for; parameters that are missing do not matter. */
public class RequestParameters {
    @QueryParam("database")
    @Nullable String database;

    @QueryParam("rollout")
    @Nullable String rollout;

    @QueryParam("revision")
    @Nullable String revision;

    @QueryParam("actor")
    @Nullable String actor;

    @QueryParam("kind")
    @Nullable String kind;

    @QueryParam("since")
    @Nullable String since;

    @QueryParam("until")
    @Nullable String until;

    @QueryParam("index")
    @Nullable Long index;

    LogSearch.Wanted wanted() {
        return new LogSearch.Wanted(
                database,
                rollout,
                revision,
                actor,
                kind,
                WrittenTime.parse(since),
                WrittenTime.parse(until),
                index);
    }

    String inWords() {
        Map<String, @Nullable String> parts = new LinkedHashMap<>();
        parts.put("database", database);
        parts.put("rollout", rollout);
        parts.put("revision", revision);
        parts.put("actor", actor);
        parts.put("kind", kind);
        parts.put("since", since);
        parts.put("until", until);
        parts.put("index", index == null ? null : index.toString());
        var words = new ArrayList<String>();
        parts.forEach((name, value) -> {
            if (value != null) {
                words.add(name + " = " + value);
            }
        });
        return String.join(" and ", words);
    }
}
