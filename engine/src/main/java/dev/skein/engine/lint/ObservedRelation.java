// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import java.util.Map;
import java.util.Set;

/**
 * A table, view or index as the server has it inside a transaction.
 *
 * @param oid which never changes, whatever it is called
 * @param kind as in pg_class
 * @param file changes when it is written anew
 * @param locks that the transaction holds on it
 * @param scans of the whole of it by the transaction
 * @param written rows inserted, updated or deleted by the transaction
 * @param columns names by number
 */
record ObservedRelation(
        long oid,
        String name,
        String kind,
        long file,
        Set<String> locks,
        long scans,
        long written,
        Map<Integer, String> columns) {
    boolean isTable() {
        return "rpm".contains(kind);
    }
}
