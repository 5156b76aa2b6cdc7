// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attached;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.postgres.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Indexes of partitioned tables, and what partitions take along when they come or go. */
final class Partitioned {
    private final Catalog from;
    private final Catalog to;

    Partitioned(Catalog from, Catalog to) {
        this.from = from;
        this.to = to;
    }

    /** The first catalog with what partitions that leave keep, as theirs. */
    static Catalog withWhatIsKept(Catalog from, Catalog to) {
        var kept = new HashMap<ItemId, CatalogItem>();
        for (var part : from.attached()) {
            if (!part.own() && changesParent(part, from, to)) {
                kept.put(part.id(), part.item());
            }
        }
        return from.with(kept);
    }

    /** The second catalog with what partitions that come bring along, as theirs still. */
    static Catalog withWhatIsBrought(Catalog from, Catalog to) {
        var brought = new HashMap<ItemId, CatalogItem>();
        for (var part : to.attached()) {
            var own = from.get(part.id());
            if (!part.own() && changesParent(part, to, from) && isSame(own, part)) {
                brought.put(part.id(), Objects.requireNonNull(own));
            }
        }
        return to.with(brought);
    }

    private static boolean changesParent(Attached part, Catalog attached, Catalog other) {
        var table = new ItemId(Kind.TABLE, "", part.id().relation());
        var here = attached.get(table);
        var there = other.get(table);
        return here != null
                && there != null
                && (!there.has("partition bound")
                        || !here.text("parents").equals(there.text("parents")));
    }

    private static boolean isSame(
            @org.jspecify.annotations.Nullable CatalogItem own, Attached part) {
        return own != null && own.text("definition").equals(part.item().text("definition"));
    }

    /** Whether a partition's own index becomes a part of its table's and so does not go. */
    boolean becomesPart(ItemId id) {
        return to.attached().stream()
                .anyMatch(part -> part.id().equals(id) && isSame(from.get(id), part));
    }

    /** Own constraints of partitions whose index is a part of one: they go with it. */
    List<ItemId> ownBehind(ItemId index) {
        var found = new ArrayList<ItemId>();
        behind(from, index.name(), part -> part.own() ? List.of(part.id()) : List.of(), found);
        return found;
    }

    private static void behind(
            Catalog catalog,
            String index,
            Function<Attached, List<ItemId>> taken,
            List<ItemId> found) {
        for (var part : catalog.attached()) {
            if (part.parent().equals(index)) {
                found.addAll(taken.apply(part));
                behind(catalog, part.index(), taken, found);
            }
        }
    }

    /** The index alone, which serves nobody until each partition's is a part of it. */
    List<Statement> build(CatalogItem index, Function<String, Statement> how) {
        var statements = new ArrayList<Statement>();
        var alone = how.apply(index.text("definition"));
        statements.add(alone.isAlone() ? alone.asking(isValid(index)) : alone);
        parts(index.id().name(), how, statements);
        return statements;
    }

    /** It is not where a database has a partition that is not known here. */
    private static String isValid(CatalogItem index) {
        return "SELECT indisvalid FROM pg_index WHERE indexrelid = "
                + Sql.text(index.id().name())
                + "::regclass";
    }

    /** What an index lacks of its parts. */
    List<Statement> complete(CatalogItem index, Function<String, Statement> how) {
        var statements = new ArrayList<Statement>();
        parts(index.id().name(), how, statements);
        return statements;
    }

    private void parts(String index, Function<String, Statement> how, List<Statement> all) {
        for (var part : to.attached()) {
            if (!part.parent().equals(index) || isPart(part)) {
                continue;
            }
            var definition = part.item().text("definition");
            var there = from.get(part.id()) != null || part.id().kind() == Kind.CONSTRAINT;
            if (!there) {
                all.add(how.apply(definition));
                parts(part.index(), how, all);
            }
            all.add(how.apply("ALTER INDEX " + index + " ATTACH PARTITION " + part.index()));
        }
    }

    private boolean isPart(Attached part) {
        return from.attached().stream()
                .anyMatch(old ->
                        old.index().equals(part.index())
                                && old.parent().equals(part.parent())
                                && isStillThere(old.parent()));
    }

    /** Whether an index is not made anew on the way. */
    private boolean isStillThere(String index) {
        return from.items().values().stream()
                .filter(item -> item.id().kind() == Kind.INDEX && item.id().name().equals(index))
                .allMatch(item -> {
                    var now = to.get(item.id());
                    return now != null
                            && now.text("definition").equals(item.text("definition"))
                            && (item.has("validity") || !now.has("validity"));
                });
    }
}
