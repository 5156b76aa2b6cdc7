// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.ClassResources;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The common part of the queries over a catalog, kind by kind. Planning all kinds is most of what a
 * fingerprint costs the server, and few databases have objects of every kind; so the rare ones may
 * be left out where there are none.
 *
 * @param objects what the kinds are read from
 * @param plain their items with what is said of each and who may do what
 * @param collapsed what is made of partitions' items; left out where there are none
 * @param full how it all is printed
 */
record CatalogItems(String objects, List<Kind> kinds, String plain, String collapsed, String full) {
    /** Each a file. */
    private static final List<String> FILES =
            List.of(
                    "schema",
                    "extension",
                    "relation",
                    "partition",
                    "inherited-column",
                    "sequence-owner",
                    "column",
                    "constraint",
                    "index",
                    "trigger",
                    "constraint-trigger",
                    "rule",
                    "policy",
                    "function",
                    "type",
                    "domain-constraint",
                    "statistics",
                    "collation",
                    "operator-cast-search-conversion",
                    "event-trigger",
                    "publication",
                    "foreign-data-wrapper",
                    "server",
                    "default-privileges");

    private static final Kind NOTHING =
            new Kind(
                    """
                    SELECT '', '', '', 0::regclass, 0::oid, 0, NULL::aclitem[], '', 0::oid,
                        '{}'::text[] WHERE false
                    """,
                    Set.of(),
                    "");

    private static final Pattern RARE = Pattern.compile("\\A-- rare ([A-Z ]+) \\| (.*)\\R");

    /**
     * A kind's items, or those of several that go together.
     *
     * @param words of statements that make such objects; none of a kind that is not rare
     * @param exists a condition: whether the database may have some
     */
    record Kind(String select, Set<String> words, String exists) {
        private static Kind of(String file) {
            var text = ClassResources.text(CatalogItems.class, "items/" + file + ".sql");
            var rare = RARE.matcher(text);
            return rare.find()
                    ? new Kind(
                            text.substring(rare.end()),
                            Set.of(rare.group(1).split(" ")),
                            rare.group(2))
                    : new Kind(text, Set.of(), "");
        }

        boolean rare() {
            return !words.isEmpty();
        }

        /** Whether there are partitions only where it is. */
        boolean ofPartitions() {
            return words.contains("PARTITION");
        }

        boolean madeBy(Set<String> statement) {
            return words.stream().anyMatch(statement::contains);
        }
    }

    /** The text that ships with this class, with its placeholders. */
    static final CatalogItems TEMPLATE =
            new CatalogItems(
                    ClassResources.text(CatalogItems.class, "objects.sql"),
                    FILES.stream().map(Kind::of).toList(),
                    ClassResources.text(CatalogItems.class, "plain.sql"),
                    ClassResources.text(CatalogItems.class, "collapsed.sql"),
                    ClassResources.text(CatalogItems.class, "full.sql"));

    /** The same with another text. */
    CatalogItems with(UnaryOperator<String> change) {
        return new CatalogItems(
                change.apply(objects),
                kinds.stream()
                        .map(kind ->
                                new Kind(change.apply(kind.select()), kind.words(), kind.exists()))
                        .toList(),
                change.apply(plain),
                change.apply(collapsed),
                change.apply(full));
    }

    /** The same without some of the rare kinds. */
    CatalogItems without(Predicate<Kind> left) {
        return new CatalogItems(
                objects,
                kinds.stream().filter(kind -> !kind.rare() || !left.test(kind)).toList(),
                plain,
                collapsed,
                full);
    }

    /** The same with no kinds but these, none of which has to say of what types its columns are. */
    CatalogItems only(List<Kind> chosen) {
        var some = Stream.concat(Stream.of(NOTHING), chosen.stream()).toList();
        return new CatalogItems(objects, some, plain, collapsed, full);
    }

    /** What is rare. */
    List<Kind> rare() {
        return kinds.stream().filter(Kind::rare).toList();
    }

    /** A {@code WITH} clause; the last of it is called {@code full_item}. */
    String sql() {
        var parts = kinds.stream().anyMatch(Kind::ofPartitions);
        var read = kinds.stream().map(Kind::select).collect(Collectors.joining("UNION ALL\n"));
        return objects
                + read
                + plain
                + (parts ? collapsed : "")
                + full.replace(":items", parts ? "collapsed_item" : "plain_item");
    }
}
