// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a log tells of itself, in words, and where; for whoever verifies and may know a part. */
final class ToldWords {
    private final List<At> all = new ArrayList<>();

    /** What the entry with an index tells. */
    private record At(long index, String words) {}

    void add(long index, String words) {
        all.add(new At(index, words));
    }

    /** On a line of its own nobody's text says anything in the verifier's name. */
    static String plain(JsonNode text) {
        return text.asText().replaceAll("\\p{Cc}", " ");
    }

    /**
     * The first that somebody does not know of yet; null where there is none.
     *
     * @param known the size of a checkpoint of this log that is trusted; what it covers is known
     */
    private @Nullable At first(long known) {
        return all.stream().filter(one -> one.index() >= known).findFirst().orElse(null);
    }

    /** Where it is told; null where nothing is. */
    @Nullable String place(long known) {
        var first = first(known);
        return first == null ? null : "entry " + first.index();
    }

    /** What is told there, and of how many more. */
    String found(long known) {
        var first = first(known);
        long more = all.stream().filter(one -> one.index() >= known).count() - 1;
        var words = first == null ? "" : first.words();
        return more < 1 ? words : words + "; and so " + more + " more times";
    }
}
