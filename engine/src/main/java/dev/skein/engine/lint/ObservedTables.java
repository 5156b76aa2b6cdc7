// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What was seen of the tables that were there when a revision began, so that others use them. */
public final class ObservedTables {
    private final CatalogSnapshot start;
    private final CatalogSnapshot before;
    private final CatalogSnapshot after;

    ObservedTables(CatalogSnapshot start, CatalogSnapshot before, CatalogSnapshot after) {
        this.start = start;
        this.before = before;
        this.after = after;
    }

    /** All of them, by name. */
    public List<String> names() {
        return tables(now -> true);
    }

    /** Whether a table was there when the revision began, so that somebody may be using it. */
    boolean isInUse(String table) {
        return Stream.of(before, after)
                .flatMap(snapshot -> snapshot.relations().values().stream())
                .filter(relation -> relation.name().equals(table))
                .findFirst()
                .map(this::isOld)
                .orElse(false);
    }

    /** Tables in use that it took a lock on which the transaction did not hold before. */
    public List<String> locked(String mode) {
        return tables(now -> {
            var was = before.relations().get(now.oid());
            return now.locks().contains(mode) && (was == null || !was.locks().contains(mode));
        });
    }

    /** Tables in use on which the transaction holds a lock after it. */
    public List<String> holds(String mode) {
        return tables(now -> now.locks().contains(mode));
    }

    /** Tables in use on which the transaction holds a lock from an earlier statement. */
    public List<String> heldBefore(String mode) {
        return before.relations().values().stream()
                .filter(r -> r.isTable() && isOld(r) && r.locks().contains(mode))
                .map(ObservedRelation::name)
                .sorted()
                .toList();
    }

    /** Tables in use that it wrote anew. */
    public List<String> rewritten() {
        return tables(now -> {
            var was = before.relations().get(now.oid());
            return was != null && was.file() != now.file() && !now.kind().equals("m");
        });
    }

    /** Tables in use that it read from end to end, by themselves or in all their partitions. */
    public Set<String> scanned() {
        return TableAncestors.with(
                after.catalog(),
                tables(now -> {
                    var was = before.relations().get(now.oid());
                    return now.scans() > (was == null ? 0 : was.scans());
                }));
    }

    /** The indexes that it built, by name; one that only has others as its parts is not built. */
    public List<String> builtIndexes() {
        return after.relations().values().stream()
                .filter(r -> r.kind().equals("i") && !before.relations().containsKey(r.oid()))
                .map(ObservedRelation::name)
                .toList();
    }

    /** Tables and views in use that have another name now: the old one and the new one. */
    public List<List<String>> renamed() {
        return after.relations().values().stream()
                .filter(now -> !"iI".contains(now.kind()) && isOld(now))
                .map(now -> List.of(nameBefore(now), now.name()))
                .filter(names -> !names.get(0).equals(names.get(1)))
                .toList();
    }

    /** Columns in use that have another name now: the old one and the new one. */
    public List<List<String>> renamedColumns() {
        return after.relations().values().stream()
                .filter(this::isOld)
                .flatMap(now ->
                        now.columns().entrySet().stream()
                                .map(column -> columnNames(now, column.getKey())))
                .filter(names -> !names.get(0).equals(names.get(1)))
                .toList();
    }

    private List<String> columnNames(ObservedRelation now, int number) {
        var was = before.relations().get(now.oid());
        var name = now.columns().getOrDefault(number, "");
        var old = was == null ? name : was.columns().getOrDefault(number, name);
        return List.of(now.name() + "." + old, now.name() + "." + name);
    }

    private String nameBefore(ObservedRelation now) {
        var was = before.relations().get(now.oid());
        return was == null ? now.name() : was.name();
    }

    private boolean isOld(ObservedRelation relation) {
        return start.relations().containsKey(relation.oid());
    }

    private List<String> tables(Predicate<ObservedRelation> wanted) {
        return after.relations().values().stream()
                .filter(r -> r.isTable() && isOld(r))
                .filter(wanted)
                .map(ObservedRelation::name)
                .sorted()
                .toList();
    }
}
