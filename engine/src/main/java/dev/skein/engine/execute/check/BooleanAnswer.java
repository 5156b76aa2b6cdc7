// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the answer of a question that must give one row with one boolean. */
public final class BooleanAnswer {
    private BooleanAnswer() {}

    /** The only row's boolean; null for no row, several rows, NULL or another type. */
    public static @Nullable Boolean only(List<Row> rows) {
        if (rows.size() != 1) {
            return null;
        }
        return rows.getFirst().getValue(0) instanceof Boolean answer ? answer : null;
    }
}
