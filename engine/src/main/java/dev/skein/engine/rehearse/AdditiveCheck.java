// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlWords;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a revision only adds: everything that was there was seen to stay as it was, and no
 * statement of it can have come near a row. In doubt it is not.
 */
final class AdditiveCheck {
    /** What creates and does nothing else; a view or a function is not run by being created. */
    private static final List<String> CREATING =
            List.of(
                    "CREATE TABLE",
                    "CREATE INDEX",
                    "CREATE UNIQUE INDEX",
                    "CREATE TYPE",
                    "CREATE SCHEMA",
                    "CREATE DOMAIN",
                    "CREATE SEQUENCE",
                    "CREATE VIEW",
                    "CREATE FUNCTION",
                    "CREATE PROCEDURE",
                    "CREATE STATISTICS",
                    "COMMENT",
                    "GRANT");

    /** What follows AS where a table is filled as it is created. */
    private static final List<String> FILLING =
            List.of("(", "SELECT", "WITH", "TABLE", "VALUES", "EXECUTE");

    private static final Set<ObjectKind> BESIDE =
            EnumSet.of(ObjectKind.INDEX, ObjectKind.STATISTICS);

    private AdditiveCheck() {}

    static boolean is(Script script, Catalog before, Catalog after) {
        return script.batch() == null
                && script.upgrade().statements().stream().allMatch(AdditiveCheck::creates)
                && before.items().values().stream()
                        .allMatch(item -> item.equals(after.get(item.id())))
                && after.items().keySet().stream()
                        .filter(id -> before.get(id) == null)
                        .allMatch(id -> isBeside(id, before));
    }

    /** Whether a statement creates and does nothing else. */
    static boolean creates(Statement statement) {
        return CREATING.stream().anyMatch(statement::starts)
                && !(statement.starts("CREATE TABLE") && fills(statement));
    }

    private static boolean fills(Statement statement) {
        var words = SqlWords.of(statement.sql());
        return FILLING.stream().anyMatch(next -> SqlWords.have(words, "AS", next));
    }

    /** What belongs to a table that was there changes that table, unless it only stands beside. */
    private static boolean isBeside(ItemId id, Catalog before) {
        return id.relation().isEmpty()
                || BESIDE.contains(id.kind())
                || before.items().keySet().stream()
                        .noneMatch(old ->
                                old.relation().isEmpty() && old.name().equals(id.relation()));
    }
}
