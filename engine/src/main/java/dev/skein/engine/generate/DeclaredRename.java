// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DdlWords;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * That something has another name now, and is not another thing.
 *
 * @param kind what it is
 * @param relation the table of a column or constraint; else empty
 * @param old its name before, as SQL writes it
 * @param fresh its name from now on, without schema
 */
public record DeclaredRename(ObjectKind kind, String relation, String old, String fresh) {
    private static final String NAME_IT = "Name what is there now, as: users.old_name -> new_name";
    private static final Pattern HINT = Pattern.compile("\\s*(.+?)\\s*->\\s*(\\S.*?)\\s*");
    private static final List<ObjectKind> NAMED =
            List.of(
                    ObjectKind.TABLE,
                    ObjectKind.VIEW,
                    ObjectKind.MATERIALIZED_VIEW,
                    ObjectKind.FOREIGN_TABLE,
                    ObjectKind.SEQUENCE,
                    ObjectKind.ENUM_TYPE,
                    ObjectKind.COMPOSITE_TYPE,
                    ObjectKind.DOMAIN,
                    ObjectKind.RANGE_TYPE,
                    ObjectKind.INDEX,
                    ObjectKind.SCHEMA);

    /**
     * Reads a hint: {@code users.old_name -> new_name} for a column or a constraint, {@code users
     * -> people} for a table or anything else that stands by itself. The schema {@code public} need
     * not be said.
     *
     * @throws SkeinException where the catalog knows nothing of that name
     */
    public static DeclaredRename parse(String hint, Catalog catalog) {
        var parts = HINT.matcher(hint);
        if (!parts.matches()) {
            throw wrong(hint, "it has no arrow", "Write it as: users.old_name -> new_name");
        }
        var fresh = DdlWords.bare(parts.group(2));
        var said = parts.group(1);
        var id = find(catalog, said).orElseThrow(() -> wrong(hint, "there is no " + said, NAME_IT));
        var relation = isMember(id) ? id.relation() : "";
        return new DeclaredRename(id.kind(), relation, id.name(), fresh);
    }

    private static SkeinException wrong(String hint, String found, String remedy) {
        return SkeinException.usage("Rename '" + hint + "'", found, remedy);
    }

    private static Optional<ItemId> find(Catalog catalog, String said) {
        for (var one : List.of(said, "public." + said)) {
            var name = DdlWords.parts(one);
            for (var id : catalog.items().keySet()) {
                if (isNamed(id, name)) {
                    return Optional.of(id);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isMember(ItemId id) {
        return id.kind() == ObjectKind.COLUMN || id.kind() == ObjectKind.CONSTRAINT;
    }

    private static boolean isNamed(ItemId id, List<String> name) {
        return isMember(id)
                ? DdlWords.parts(id.fullName()).equals(name)
                : NAMED.contains(id.kind()) && DdlWords.parts(id.name()).equals(name);
    }

    /** The statement that renames. */
    String sql() {
        return sql(old, fresh);
    }

    /** The statement that gives the old name back. */
    String back() {
        var schema = DdlWords.schema(old);
        return sql(relation.isEmpty() ? schema + fresh : fresh, DdlWords.bare(old));
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

    DdlStatement statement() {
        return DdlStatement.of(sql());
    }

    DdlStatement backStatement() {
        return DdlStatement.of(back());
    }
}
