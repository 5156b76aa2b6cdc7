// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.loose;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Piece.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * CREATE INDEX CONCURRENTLY: a build that fails leaves an invalid index, which slows every write
 * and, where it is unique, rejects rows. It is ours if it was not there before.
 *
 * @param index its name, with the table's schema where that is written
 * @param ifNotExists whether an index that was there before is as good
 */
record CreateIndex(String index, boolean ifNotExists) implements LooseForm {
    private static final String OID = "index";
    private static final Pattern FORM =
            LooseForms.pattern(
                    "CREATE (?:UNIQUE )?INDEX CONCURRENTLY (?<exists>IF NOT EXISTS"
                            + " )?(?<index>(?!ON\\b)"
                            + LooseForms.NAME
                            + ") ON (?:ONLY )?(?<table>"
                            + LooseForms.QUALIFIED
                            + ")");
    private static final Pattern SCHEMA =
            Pattern.compile("(" + LooseForms.NAME + ")\\s*\\.\\s*" + LooseForms.NAME);

    static Optional<LooseForm> of(Statement statement) {
        var m = FORM.matcher(statement.sql());
        if (!m.lookingAt()) {
            return Optional.empty();
        }
        var schema = SCHEMA.matcher(m.group("table"));
        var prefix = schema.matches() ? schema.group(1) + "." : "";
        return Optional.of(new CreateIndex(prefix + m.group("index"), m.group("exists") != null));
    }

    @Override
    public Map<String, String> before(PgSession session) {
        return Indexes.named(session, index)
                .map(i -> Map.of(OID, String.valueOf(i.oid())))
                .orElse(Map.of());
    }

    @Override
    public Finding observe(PgSession session, Map<String, String> before) {
        var found = Indexes.named(session, index);
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

    private static boolean isOurs(Indexes.Index found, Map<String, String> before) {
        return !String.valueOf(found.oid()).equals(before.get(OID));
    }

    @Override
    public void cleanUp(PgSession session, Map<String, String> before) {
        Indexes.named(session, index)
                .filter(i -> !i.valid() && isOurs(i, before))
                .ifPresent(i -> Indexes.drop(session, i));
    }
}
