// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.ddl.Statement;
import dev.skein.engine.ddl.Words;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * That something has another name now, and is not another thing.
 *
 * @param kind what it is
 * @param relation the table of a column or constraint; else empty
 * @param old its name before, as SQL writes it
 * @param fresh its name from now on, without schema
 */
public record Rename(Kind kind, String relation, String old, String fresh) {
    private static final Pattern HINT = Pattern.compile("\\s*(.+?)\\s*->\\s*(\\S.*?)\\s*");
    private static final List<Kind> NAMED =
            List.of(
                    Kind.TABLE,
                    Kind.VIEW,
                    Kind.MATERIALIZED_VIEW,
                    Kind.FOREIGN_TABLE,
                    Kind.SEQUENCE,
                    Kind.ENUM_TYPE,
                    Kind.COMPOSITE_TYPE,
                    Kind.DOMAIN,
                    Kind.RANGE_TYPE,
                    Kind.INDEX,
                    Kind.SCHEMA);

    /**
     * Reads a hint: {@code users.old_name -> new_name} for a column or a constraint, {@code users
     * -> people} for a table or anything else that stands by itself. The schema {@code public} need
     * not be said.
     *
     * @throws SkeinException where the catalog knows nothing of that name
     */
    public static Rename parse(String hint, Catalog catalog) {
        var parts = HINT.matcher(hint);
        if (!parts.matches()) {
            throw SkeinException.usage(
                    "Rename '" + hint + "'",
                    "it has no arrow",
                    "Write it as: users.old_name -> new_name");
        }
        for (var said : List.of(parts.group(1), "public." + parts.group(1))) {
            var name = Words.parts(said);
            for (var id : catalog.items().keySet()) {
                var member = id.kind() == Kind.COLUMN || id.kind() == Kind.CONSTRAINT;
                if (member && Words.parts(id.fullName()).equals(name)) {
                    return new Rename(
                            id.kind(), id.relation(), id.name(), Words.bare(parts.group(2)));
                }
                if (NAMED.contains(id.kind()) && Words.parts(id.name()).equals(name)) {
                    return new Rename(id.kind(), "", id.name(), Words.bare(parts.group(2)));
                }
            }
        }
        throw SkeinException.usage(
                "Rename '" + hint + "'",
                "there is no " + parts.group(1),
                "Name what is there now, as: users.old_name -> new_name");
    }

    /** The statement that renames. */
    String sql() {
        return sql(old, fresh);
    }

    /** The statement that gives the old name back. */
    String back() {
        var schema = Words.schema(old);
        return sql(relation.isEmpty() ? schema + fresh : fresh, Words.bare(old));
    }

    private String sql(String from, String to) {
        if (!relation.isEmpty()) {
            var word = kind.words().toUpperCase(Locale.ROOT);
            return "ALTER TABLE " + relation + " RENAME " + word + " " + from + " TO " + to;
        }
        var type =
                switch (kind) {
                    case ENUM_TYPE, COMPOSITE_TYPE, RANGE_TYPE -> "TYPE";
                    default -> kind.words().toUpperCase(Locale.ROOT);
                };
        return "ALTER " + type + " " + from + " RENAME TO " + to;
    }

    Statement statement() {
        return Statement.of(sql());
    }

    Statement backStatement() {
        return Statement.of(back());
    }
}
