// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.loose;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Piece.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** DROP INDEX CONCURRENTLY: done when the index is gone; cut off, it can run again. */
record DropIndex(String index) implements LooseForm {
    private static final String OID = "index";
    private static final Pattern FORM =
            LooseForms.pattern(
                    "DROP INDEX CONCURRENTLY (?:IF EXISTS )?(?<index>"
                            + LooseForms.QUALIFIED
                            + ")");

    static Optional<LooseForm> of(Statement statement) {
        var m = FORM.matcher(statement.sql());
        return m.lookingAt() ? Optional.of(new DropIndex(m.group("index"))) : Optional.empty();
    }

    @Override
    public Map<String, String> before(PgSession session) {
        return Indexes.named(session, index)
                .map(i -> Map.of(OID, String.valueOf(i.oid())))
                .orElse(Map.of());
    }

    @Override
    public Finding observe(PgSession session, Map<String, String> before) {
        var gone = Indexes.named(session, index).isEmpty();
        return gone && before.containsKey(OID) ? Finding.DONE : Finding.OPEN;
    }
}
