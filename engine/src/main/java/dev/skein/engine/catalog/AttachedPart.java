// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

/**
 * A constraint or an index of a partition that is a part of what the partition's table has.
 *
 * @param item as it would be if the partition left its table
 * @param parent the index that its index is a part of; empty where there is none
 * @param own whether it is the partition's own constraint, of which only the index is a part
 */
public record AttachedPart(CatalogItem item, String parent, boolean own) {
    public ItemId id() {
        return item.id();
    }

    /** The name of its index, with its schema. */
    public String index() {
        var id = item.id();
        return id.kind() == ObjectKind.INDEX ? id.name() : schema(id.relation()) + id.name();
    }

    private static String schema(String name) {
        boolean quoted = false;
        int end = 0;
        for (int i = 0; i < name.length(); i++) {
            quoted ^= name.charAt(i) == '"';
            end = name.charAt(i) == '.' && !quoted ? i + 1 : end;
        }
        return name.substring(0, end);
    }
}
