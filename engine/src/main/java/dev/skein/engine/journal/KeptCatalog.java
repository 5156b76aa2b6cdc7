// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.catalog.CanonicalText;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.catalog.KeptText;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.Optional;

/**
 * The text of the catalog that the last run left, beside its fingerprint, so that it can be told
 * what somebody else changed. The server compresses it. Nothing relies on it: journals of older
 * versions have none, and what is not what the fingerprint is of counts as none.
 */
public final class KeptCatalog {
    /** In bytes; what is larger is not kept. */
    static final int LARGEST = 8 << 20;

    /** Whether it can be kept: the journal has a place for it, and the user may write there. */
    public static final String IS_KEPT =
            """
            EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('skein.state')
                AND attname = 'catalog' AND NOT attisdropped
                AND has_column_privilege(attrelid, attnum, 'UPDATE'))\
            """;

    private KeptCatalog() {}

    /** Gives a journal of an older version the place. Gives whether it has it now. */
    public static boolean add(PgSession session) {
        return AddedColumn.add(session, "catalog text");
    }

    /** The catalog that a fingerprint is of; nothing where no text of it was kept. */
    public static Optional<Catalog> read(PgSession session, String target, Fingerprint of) {
        // Older journals have no such column: a row as JSON has what it has.
        var rows =
                session.query(
                        "SELECT to_jsonb(s) ->> 'catalog' FROM skein.state s WHERE target = $1",
                        target);
        for (var row : rows) {
            var text = row.getString(0);
            return text == null ? Optional.empty() : CanonicalText.read(text, of);
        }
        return Optional.empty();
    }

    /**
     * What the state keeps with a fingerprint that the session has seen, or that it has already.
     */
    public static String with(String fingerprint) {
        var literal = SqlLiterals.text(fingerprint);
        return "CASE WHEN %s = %s THEN %s WHEN fingerprint = %2$s THEN catalog END"
                .formatted(CatalogQuery.KEPT_FINGERPRINT, literal, left());
    }

    /** What the state keeps of the catalog that the transaction leaves. */
    public static String left() {
        return KeptText.upTo(LARGEST);
    }
}
