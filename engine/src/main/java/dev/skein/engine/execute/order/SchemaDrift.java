// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a schema differs from what its last run left.
 *
 * @param found the schema's fingerprint
 * @param left what it should be
 * @param isTold whether it is known which objects differ: an older version, or psql, kept no text
 *     of what it left, nor does anybody of a very large schema
 * @param differences from what was left to what is there
 * @param isBare whether nothing of what was left is there, as where only the journal was copied
 */
public record SchemaDrift(
        Fingerprint found,
        Fingerprint left,
        boolean isTold,
        List<CatalogDifference> differences,
        boolean isBare) {
    private static final int NAMED = 3;

    public SchemaDrift {
        differences = List.copyOf(differences);
    }

    /** In one sentence, with the first objects. */
    public String inWords() {
        if (isBare) {
            return "nothing of the schema that its last run left is there, as where the journal"
                    + " alone was copied (pg_dump -n skein)";
        }
        if (!isTold || differences.isEmpty()) {
            return "its schema was changed by somebody else: " + found + ", left as " + left;
        }
        var whole = whole();
        var named =
                whole.stream()
                        .limit(NAMED)
                        .map(d -> verb(d) + " " + d.id())
                        .collect(Collectors.joining(", "));
        int more = whole.size() - NAMED;
        return "its schema was changed by somebody else: "
                + named
                + (more > 0 ? ", and " + more + " more" : "");
    }

    /**
     * A line for each object, with what it was and is.
     *
     * @param most how many objects; of the others the last line gives the number
     */
    public List<String> lines(int most) {
        if (!isTold) {
            return List.of(
                    "which objects differ is not known: the last run kept no text of what it left"
                            + " (it was an older Skein's, or a script's for psql, or the schema is"
                            + " too large)");
        }
        if (isBare) {
            return List.of(
                    "Copy the whole database, or begin anew: DROP SCHEMA skein CASCADE, then skein"
                            + " upgrade");
        }
        var whole = whole();
        var lines = new ArrayList<String>();
        whole.stream().limit(most).forEach(d -> lines.add(line(d)));
        if (whole.size() > most) {
            lines.add("and " + (whole.size() - most) + " more");
        }
        return lines;
    }

    /** Without the parts of what came or went as a whole. */
    private List<CatalogDifference> whole() {
        Set<String> wholes =
                differences.stream()
                        .filter(d -> d.id().relation().isEmpty() && isWhole(d))
                        .map(d -> verb(d) + d.id().name())
                        .collect(Collectors.toSet());
        return differences.stream()
                .filter(d -> !isWhole(d) || !wholes.contains(verb(d) + d.id().relation()))
                .toList();
    }

    private static boolean isWhole(CatalogDifference d) {
        return d.before() == null || d.after() == null;
    }

    private static String verb(CatalogDifference d) {
        return d.before() == null ? "added" : d.after() == null ? "removed" : "changed";
    }

    private static String line(CatalogDifference d) {
        var start = verb(d) + " " + d.id();
        var before = d.before();
        var after = d.after();
        if (before != null && after != null) {
            return start
                    + ": "
                    + d.attributes().stream()
                            .map(name ->
                                    ShortDifference.was(name, before.get(name), after.get(name)))
                            .collect(Collectors.joining("; "));
        }
        var words =
                Stream.of(before, after)
                        .filter(item -> item != null)
                        .map(item -> ShortDifference.brief(item.inWords(), 0))
                        .collect(Collectors.joining());
        return words.isEmpty() ? start : start + ": " + words;
    }
}
