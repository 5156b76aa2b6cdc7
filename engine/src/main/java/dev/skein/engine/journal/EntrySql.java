// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.postgres.SqlLiterals;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How an entry is written into its table. */
final class EntrySql {
    /** Its columns without the target. */
    static final String COLUMNS =
            "seq, incarnation, envelope, salt, body, prev_hash, hash, detail, at";

    private EntrySql() {}

    /** Its values, in the order of its columns. */
    static String values(Entry entry, @Nullable String detail) {
        return String.join(
                ", ",
                String.valueOf(entry.seq()),
                SqlLiterals.text(entry.incarnation()),
                SqlLiterals.bytes(entry.envelope()),
                SqlLiterals.bytes(entry.salt()),
                body(entry.body() == null ? new byte[0] : entry.body()),
                SqlLiterals.bytes(entry.prevHash()),
                SqlLiterals.bytes(entry.hash()),
                SqlLiterals.nullable(detail),
                "clock_timestamp()");
    }

    /** Readable where every database has each character; else as bytes, so that any can keep it. */
    private static String body(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        return text.chars().allMatch(c -> c < 128)
                ? "convert_to(" + SqlLiterals.text(text) + ", 'UTF8')"
                : SqlLiterals.bytes(body);
    }
}
