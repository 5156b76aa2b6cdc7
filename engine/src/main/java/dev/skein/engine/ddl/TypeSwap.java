// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DdlWords;
import dev.skein.engine.ddl.text.Retyping;
import dev.skein.engine.ddl.text.SpareNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A type (or collation) takes the place of one of its name, and so do those that hold it. The old
 * one stands aside until the columns of it are read as text into the new one; where a value has no
 * place there, the statement fails; only a coarser type inside may cut it off, which is said. A
 * column of a table's rows waits as text until the columns of that table are as they are to be.
 */
final class TypeSwap {
    private final Catalog from;
    private final Catalog to;
    private final ChangeSet changes;
    private final SpareNames spare;
    private final TypeUse use;
    private final TypeLosses losses;
    private final Map<ItemId, Set<ItemId>> typesOf = new HashMap<>();

    TypeSwap(Catalog from, Catalog to, ChangeSet changes, SpareNames spare) {
        this.from = from;
        this.to = to;
        this.changes = changes;
        this.spare = spare;
        this.use = new TypeUse(from);
        this.losses = new TypeLosses(from, to);
        for (var type : changes.swap) {
            for (var column : use.columns(type).keySet()) {
                typesOf.computeIfAbsent(column, id -> new TreeSet<>()).add(type);
            }
        }
    }

    static boolean fits(ItemId id) {
        return switch (id.kind()) {
            case ENUM_TYPE, DOMAIN, RANGE_TYPE, COMPOSITE_TYPE, COLLATION -> true;
            default -> false;
        };
    }

    /** The old type stands aside for the new one. */
    List<DdlStatement> begin(ItemId type, List<DdlStatement> creation) {
        var statements = new ArrayList<DdlStatement>();
        statements.add(renamed(type, type.name()));
        var multirange = use.multirange(type);
        if (multirange != null) {
            statements.add(renamed(type, multirange));
            statements.addAll(constructors(type, multirange));
        }
        statements.addAll(creation);
        return statements;
    }

    /** Functions that the server made with a range keep their names when that is renamed. */
    private List<DdlStatement> constructors(ItemId range, String multirange) {
        var statements = new ArrayList<DdlStatement>();
        statements.add(constructor(multirange, ""));
        var subtype = TypeLosses.subtype(CatalogLookup.known(from, range));
        var same = subtype.equals(TypeLosses.subtype(CatalogLookup.known(to, range)));
        if (same && changes.swap.stream().noneMatch(type -> type.name().equals(subtype))) {
            var bounds = subtype + ", " + subtype;
            statements.add(constructor(range.name(), bounds));
            statements.add(constructor(range.name(), bounds + ", text"));
        }
        return statements;
    }

    private DdlStatement constructor(String name, String arguments) {
        return DdlStatement.of(
                "ALTER FUNCTION " + name + "(" + arguments + ") RENAME TO " + aside(name));
    }

    private DdlStatement renamed(ItemId type, String name) {
        return DdlStatement.of("ALTER " + word(type) + name + " RENAME TO " + aside(name));
    }

    /** The old type goes when no column is of it any more. */
    DdlStatement end(ItemId type) {
        return DdlStatement.of(
                "DROP " + word(type) + DdlWords.schema(type.name()) + aside(type.name()));
    }

    private static String word(ItemId type) {
        return type.kind() == ObjectKind.COLLATION ? "COLLATION " : "TYPE ";
    }

    private String aside(String name) {
        return spare.beside(name, "old");
    }

    /** What makes a column wait as text. */
    List<DdlStatement> park(ItemId column) {
        var text = "text USING " + column.name() + "::text";
        var statements = new ArrayList<DdlStatement>();
        if (CatalogLookup.known(from, column).has(Attribute.DEFAULT)) {
            statements.add(alter(column, "DROP DEFAULT"));
        }
        statements.add(alter(column, "TYPE " + text));
        return statements;
    }

    private static DdlStatement alter(ItemId column, String what) {
        return DdlStatement.of(
                "ALTER TABLE " + column.relation() + " ALTER COLUMN " + column.name() + " " + what);
    }

    /** How a column gets its type back. */
    Retyping retyping(ItemId column) {
        var before = CatalogLookup.known(from, column);
        var after = CatalogLookup.known(to, column);
        var attributes = new HashMap<>(before.attributes());
        var through = "::";
        if (changes.parked.containsKey(column)) {
            attributes.keySet().removeAll(List.of(Attribute.COLLATION, Attribute.DEFAULT));
            attributes.put(Attribute.TYPE, "text");
        } else {
            attributes.putAll(aside(before));
            through = through(before, after, attributes.get(Attribute.TYPE));
        }
        var types = typesOf.getOrDefault(column, Set.of());
        return new Retyping(
                new CatalogItem(column, attributes), through, losses.of(before, after, types));
    }

    /** The casts from a column's old type, by the name that it has meanwhile, to the new one. */
    private static String through(
            CatalogItem before, CatalogItem after, @Nullable String meanwhile) {
        if (before.text(Attribute.TYPE).equals(meanwhile)) {
            return "::";
        }
        var array =
                before.text(Attribute.TYPE).endsWith("[]")
                        && after.text(Attribute.TYPE).endsWith("[]");
        return array ? "::text[]::" : "::text::";
    }

    /** A column's type and collation as they are called while others have their names. */
    private Map<String, String> aside(CatalogItem column) {
        var aside = new HashMap<String, String>();
        for (var type : typesOf.getOrDefault(column.id(), Set.of())) {
            if (!use.isOf(column.id(), type)) {
                continue;
            }
            var attribute =
                    type.kind() == ObjectKind.COLLATION ? Attribute.COLLATION : Attribute.TYPE;
            var name = TypeUse.element(column.text(attribute));
            var array = column.text(attribute).endsWith("[]") ? "[]" : "";
            aside.put(attribute, DdlWords.schema(name) + aside(name) + array);
        }
        return aside;
    }
}
