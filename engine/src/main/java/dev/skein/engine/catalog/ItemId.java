// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

/**
 * What an object is called. Names are as the server prints them, quoted where SQL needs it.
 *
 * @param relation what it belongs to, for columns, constraints, indexes and their like; else empty
 * @param name its own name, with its schema where it stands in one by itself
 */
public record ItemId(Kind kind, String relation, String name) implements Comparable<ItemId> {
    /** The name that is unique among its kind, for people: {@code public.users.email}. */
    public String fullName() {
        if (relation.isEmpty() || kind == Kind.INDEX || kind == Kind.STATISTICS) {
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

    @Override
    public String toString() {
        return kind.words() + " " + fullName();
    }
}
