// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CREATE INDEX CONCURRENTLY: a build that fails leaves an invalid index, which slows every write
 * and, where it is unique, rejects rows. It is ours if it was not there before.
 *
 * @param index its name, with the table's schema where that is written
 * @param table what it is on; null where the statement says ONLY
 * @param ifNotExists whether an index that was there before is as good
 */
record CreateIndex(String index, @Nullable String table, boolean ifNotExists)
        implements NonTransactionalForm {
    private static final String OID = "index";

    static Optional<NonTransactionalForm> of(TokenCursor words) {
        if (!words.take("CREATE")) {
            return Optional.empty();
        }
        words.take("UNIQUE");
        if (!words.take("INDEX", "CONCURRENTLY")) {
            return Optional.empty();
        }
        var exists = words.take("IF", "NOT", "EXISTS");
        var name = words.isAt("ON") ? List.<String>of() : words.name();
        if (name.isEmpty() || !words.take("ON")) {
            return Optional.empty();
        }
        var only = words.take("ONLY");
        var table = words.name();
        var schema = new ArrayList<>(table.subList(0, Math.max(0, table.size() - 1)));
        schema.addAll(name);
        var whole = only ? null : String.join(".", table);
        return Optional.of(new CreateIndex(String.join(".", schema), whole, exists));
    }

    @Override
    public NonTransactionalForm on(PgSession session) {
        return table != null && PartitionIndexes.isPartitioned(session, table)
                ? new PartitionedIndex(this, table)
                : this;
    }

    @Override
    public Map<String, String> before(PgSession session) {
        return IndexLookup.named(session, index)
                .map(i -> Map.of(OID, String.valueOf(i.oid())))
                .orElse(Map.of());
    }

    @Override
    public Finding observe(PgSession session, Map<String, String> before) {
        var found = IndexLookup.named(session, index);
        if (found.isEmpty()) {
            return Finding.OPEN;
        }
        if (found.get().valid()) {
            return ifNotExists || isOurs(found.get(), before) ? Finding.DONE : Finding.OPEN;
        }
        if (found.get().running()) {
            return Finding.RUNNING;
        }
        return isOurs(found.get(), before) ? Finding.BROKEN : Finding.UNKNOWN;
    }

    static boolean isOurs(IndexLookup.Index found, Map<String, String> before) {
        return !String.valueOf(found.oid()).equals(before.get(OID));
    }

    @Override
    public void cleanUp(PgSession session, Map<String, String> before) {
        IndexLookup.named(session, index)
                .filter(i -> !i.valid() && isOurs(i, before))
                .ifPresent(i -> IndexLookup.drop(session, i));
    }
}
