// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DdlWords;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of statements about indexes that keep a table usable. */
final class IndexForms {
    private final OnlineForms online;

    IndexForms(OnlineForms online) {
        this.online = online;
    }

    List<DdlStatement> create(CatalogItem item) {
        var definition = item.text(Attribute.DEFINITION);
        var relation = item.id().relation();
        if (definition.contains(" ON ONLY ") && item.has(Attribute.VALIDITY)) {
            return partitioned().alone(item, how(relation));
        }
        return List.of(how(relation).apply(definition.replaceFirst(" ON ONLY ", " ON ")));
    }

    private PartitionedIndexes partitioned() {
        return new PartitionedIndexes(online.from(), online.to());
    }

    /** How a statement about an index runs where its table is in use. */
    private Function<String, DdlStatement> how(String relation) {
        if (!online.inUse(relation) && !online.isPartitioned(relation)) {
            return DdlStatement::of;
        }
        return sql ->
                DdlStatement.alone(
                        sql.startsWith("ALTER ") || sql.contains(" ON ONLY ")
                                ? sql
                                : sql.replaceFirst(" INDEX ", " INDEX CONCURRENTLY "));
    }

    /** A new index takes the place of an old one of its name, which serves until then. */
    List<DdlStatement> replace(CatalogItem after) {
        var name = after.id().name();
        var build = online.spare().beside(name, "new");
        return List.of(
                concurrently(after, build),
                DdlStatement.alone("DROP INDEX CONCURRENTLY " + name),
                DdlStatement.afterwards(
                        "ALTER INDEX "
                                + DdlWords.schema(name)
                                + build
                                + " RENAME TO "
                                + DdlWords.bare(name)));
    }

    /** An index under another name, built while its table is used. */
    static DdlStatement concurrently(CatalogItem index, String name) {
        return DdlStatement.alone(
                index.text(Attribute.DEFINITION)
                        .replaceFirst(
                                " INDEX " + Pattern.quote(DdlWords.bare(index.id().name())) + " ",
                                Matcher.quoteReplacement(" INDEX CONCURRENTLY " + name + " ")));
    }

    DdlStatement drop(ItemId id) {
        // Nothing but CASCADE frees the index of a partition's own key from the one it serves.
        var along = partitioned().ownBehind(id).isEmpty() ? "" : " CASCADE";
        if (online.isPartitioned(id.relation())) {
            return DdlStatement.alone("DROP INDEX " + id.name() + along);
        }
        return online.inUse(id.relation())
                ? DdlStatement.alone("DROP INDEX CONCURRENTLY " + id.name())
                : DdlStatement.of("DROP INDEX " + id.name() + along);
    }
}
