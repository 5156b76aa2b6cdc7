// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an object is called. Names are as the server prints them, quoted where SQL needs it.
 *
 * @param relation what it belongs to, for columns, constraints, indexes and their like; else empty
 * @param name its own name, with its schema where it stands in one by itself
 */
public record ItemId(ObjectKind kind, String relation, String name) implements Comparable<ItemId> {
    private static final Set<ObjectKind> OF_PARTITIONS =
            Set.of(
                    ObjectKind.PARTITION,
                    ObjectKind.INHERITED_COLUMN,
                    ObjectKind.CONSTRAINT,
                    ObjectKind.INDEX,
                    ObjectKind.STATISTICS,
                    ObjectKind.TRIGGER,
                    ObjectKind.RULE,
                    ObjectKind.POLICY);

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")*\"");

    /** The name that is unique among its kind, for people: {@code public.users.email}. */
    public String fullName() {
        if (relation.isEmpty() || kind == ObjectKind.INDEX || kind == ObjectKind.STATISTICS) {
            return name;
        }
        return name.isEmpty() ? relation : relation + "." + name;
    }

    @Override
    public int compareTo(ItemId other) {
        int byKind = kind.compareTo(other.kind);
        int byRelation = byKind != 0 ? byKind : relation.compareTo(other.relation);
        return byRelation != 0 ? byRelation : name.compareTo(other.name);
    }

    /**
     * Whether it is what some partition has of its own, as a catalog tells it in which partitions
     * count as part of their table: of that table, and called what it is.
     */
    private boolean isOfSomePartition() {
        return OF_PARTITIONS.contains(kind)
                && !relation.isEmpty()
                && (kind == ObjectKind.PARTITION
                        || QUOTED.matcher(name).replaceAll("").contains(" "));
    }

    @Override
    public String toString() {
        if (!isOfSomePartition()) {
            return kind.words() + " " + fullName();
        }
        var what = kind == ObjectKind.PARTITION ? "setting" : kind.words();
        return what + " " + name.strip() + " of a partition of " + relation;
    }
}
