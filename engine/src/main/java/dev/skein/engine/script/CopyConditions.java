// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.ScriptPiece.Condition;
import java.util.ArrayList;
import java.util.List;

/** Where an INSERT does what a copy does, and where it must not stand for one. */
final class CopyConditions {
    private final CopyHead head;
    private final String table;

    /** How its refusals begin; the reason of an abort holds no quotes. */
    private final String into;

    CopyConditions(CopyHead head) {
        this.head = head;
        this.table = "to_regclass(" + CopyBlock.literal(head.table()) + ")";
        this.into = "COPY into " + head.table().replace("\"", "") + " ";
    }

    /**
     * What the server asks of a copy and not of an INSERT. A table that is missing is told by it.
     */
    List<Condition> first(CopyRows.Row row) {
        var conditions = new ArrayList<>(List.of(isTable(), hasNoRules(), isSeenWhole()));
        if (head.columns() == 0) {
            conditions.add(hasColumns(row.fields().size()));
        }
        return conditions;
    }

    private Condition isTable() {
        return none(
                "pg_class WHERE oid = " + table + " AND relkind NOT IN ('r', 'p', 'f')",
                into + "is not read as INSERT: it is no table");
    }

    private Condition hasNoRules() {
        return none(
                "pg_rewrite WHERE ev_type = '3' AND ev_enabled <> 'D' AND ev_class = " + table,
                into + "passes over its rules, and INSERT would not: write what they do");
    }

    private Condition isSeenWhole() {
        return new Condition(
                "SELECT NOT coalesce(row_security_active(" + table + "::oid), false)",
                into + "is refused by its row security: write INSERT");
    }

    private Condition hasColumns(int fields) {
        return new Condition(
                """
                SELECT %s IS NULL OR count(*) = %s FROM pg_attribute
                WHERE attnum > 0
                    AND NOT attisdropped
                    AND attgenerated = ''
                    AND attrelid = %s
                """
                        .formatted(table, fields, table),
                into
                        + "has rows of "
                        + fields
                        + " fields, and the table another number of columns");
    }

    /**
     * A copy fires a statement's triggers once, however many rows it has.
     *
     * @param rows in each INSERT
     */
    List<Condition> again(int rows) {
        return List.of(
                none(
                        """
                        pg_trigger
                        WHERE NOT tgisinternal
                            AND tgtype & 1 = 0
                            AND tgtype & 4 <> 0
                            AND tgenabled IN ('O', 'A')
                            AND tgrelid = %s
                        """
                                .formatted(table),
                        into
                                + "has more than "
                                + rows
                                + " rows, and would fire triggers of the statement several times"));
    }

    private static Condition none(String from, String otherwise) {
        return new Condition("SELECT NOT EXISTS (SELECT FROM " + from + ")", otherwise);
    }
}
