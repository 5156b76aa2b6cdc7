// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.TokenCursor;
import java.util.Map;
import java.util.Optional;

/** DROP INDEX CONCURRENTLY: done when the index is gone; cut off, it can run again. */
record DropIndex(String index) implements NonTransactionalForm {
    private static final String OID = "index";

    static Optional<NonTransactionalForm> of(TokenCursor words) {
        if (!words.take("DROP", "INDEX", "CONCURRENTLY")) {
            return Optional.empty();
        }
        words.take("IF", "EXISTS");
        return Optional.of(new DropIndex(String.join(".", words.name())));
    }

    @Override
    public Map<String, String> before(PgSession session) {
        return IndexLookup.named(session, index)
                .map(i -> Map.of(OID, String.valueOf(i.oid())))
                .orElse(Map.of());
    }

    @Override
    public Finding observe(PgSession session, Map<String, String> before) {
        var gone = IndexLookup.named(session, index).isEmpty();
        return gone && before.containsKey(OID) ? Finding.DONE : Finding.OPEN;
    }
}
