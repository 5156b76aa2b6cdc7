// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.script.TokenCursor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * REINDEX … CONCURRENTLY: the new index takes the old one's name, so a changed OID means done. Cut
 * off, it leaves invalid indexes named {@code …_ccnew} or {@code …_ccold}.
 *
 * @param kind INDEX, TABLE, SCHEMA or DATABASE
 */
record ReindexForm(String kind, String name) implements NonTransactionalForm {
    private static final String OLD = "indexes";
    private static final String LEFTOVERS = "leftovers";
    private static final List<String> KINDS = List.of("INDEX", "TABLE", "SCHEMA", "DATABASE");

    static Optional<NonTransactionalForm> of(TokenCursor words) {
        if (!words.take("REINDEX")) {
            return Optional.empty();
        }
        var inOptions = options(words);
        var kind = KINDS.stream().filter(words::take).findFirst();
        var concurrently = words.take("CONCURRENTLY") || inOptions;
        var name = String.join(".", words.name());
        return kind.isPresent() && concurrently
                ? Optional.of(new ReindexForm(kind.get(), name))
                : Optional.empty();
    }

    /** Goes behind options in parentheses; tells whether one says that it runs concurrently. */
    private static boolean options(TokenCursor words) {
        boolean concurrently = false;
        if (!words.takeSign('(')) {
            return false;
        }
        while (!words.takeSign(')') && !words.isAtEnd()) {
            concurrently |=
                    words.skip().equalsIgnoreCase("CONCURRENTLY")
                            && !words.isAt("FALSE")
                            && !words.isAt("OFF");
        }
        return concurrently;
    }

    private String scope() {
        var oid = "to_regclass(" + SqlLiterals.text(name) + ")";
        return switch (kind) {
            case "INDEX" ->
                    "x.indrelid = (SELECT indrelid FROM pg_index WHERE indexrelid = " + oid + ")";
            case "TABLE" -> "x.indrelid = " + oid;
            case "SCHEMA" ->
                    """
                    EXISTS (SELECT FROM pg_class c WHERE c.oid = x.indexrelid
                        AND c.relnamespace = to_regnamespace(%s))
                    """
                            .formatted(SqlLiterals.text(name));
            default -> "x.indexrelid >= 16384";
        };
    }

    private String rebuilt() {
        return kind.equals("INDEX")
                ? "x.indexrelid = to_regclass(" + SqlLiterals.text(name) + ")"
                : scope() + " AND x.indisvalid";
    }

    private List<IndexLookup.Index> leftovers(PgSession session) {
        return IndexLookup.where(session, scope() + " AND NOT x.indisvalid").stream()
                .filter(i -> i.name().matches(".*_cc(new|old)\\d*\"?"))
                .toList();
    }

    private static String oids(List<IndexLookup.Index> indexes) {
        return indexes.stream().map(i -> String.valueOf(i.oid())).collect(Collectors.joining(" "));
    }

    private static Set<String> set(Map<String, String> before, String key) {
        var set = new HashSet<>(Arrays.asList(before.getOrDefault(key, "").split(" ")));
        set.remove("");
        return set;
    }

    @Override
    public Map<String, String> before(PgSession session) {
        return Map.of(
                OLD, oids(IndexLookup.where(session, rebuilt())),
                LEFTOVERS, oids(leftovers(session)));
    }

    @Override
    public Finding observe(PgSession session, Map<String, String> before) {
        var left = leftovers(session);
        if (left.stream().anyMatch(IndexLookup.Index::running)) {
            return Finding.RUNNING;
        }
        var known = set(before, LEFTOVERS);
        if (left.stream().anyMatch(i -> !known.contains(String.valueOf(i.oid())))) {
            return Finding.BROKEN;
        }
        var old = set(before, OLD);
        var still = IndexLookup.where(session, rebuilt());
        var rebuilt = still.stream().noneMatch(i -> old.contains(String.valueOf(i.oid())));
        return rebuilt && !old.isEmpty() ? Finding.DONE : Finding.OPEN;
    }

    @Override
    public void cleanUp(PgSession session, Map<String, String> before) {
        var known = set(before, LEFTOVERS);
        leftovers(session).stream()
                .filter(i -> !known.contains(String.valueOf(i.oid())))
                .forEach(i -> IndexLookup.drop(session, i));
    }
}
