// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.Digests;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Names for what stands beside an object for a while: made from its own, and nobody else's before
 * or after the change. The server cuts a name at 63 bytes without a word, so that two long ones
 * could become one; what has to be cut here carries a digest of the whole.
 */
public final class SpareNames {
    private static final int MARK = 8; // hexadecimal digits

    private final Set<String> taken = new HashSet<>();

    /** What has no name in either catalog, of whatever kind and schema. */
    public SpareNames(Catalog from, Catalog to) {
        take(from);
        take(to);
    }

    private void take(Catalog catalog) {
        catalog.items().keySet().forEach(this::take);
        catalog.attached().forEach(part -> take(part.id()));
    }

    private void take(ItemId id) {
        taken.add(DdlWords.plain(DdlWords.bare(id.name())));
    }

    /**
     * A name for what stands beside an object.
     *
     * @param name the object's, with or without its schema, as SQL writes it
     * @param what what it is for: lower-case letters and underscores
     * @return without a schema, as SQL writes it
     */
    public String beside(String name, String what) {
        var bare = DdlWords.bare(name);
        var free = fitting(DdlWords.plain(bare), "__" + what);
        for (int i = 2; taken.contains(free); i++) {
            free = fitting(DdlWords.plain(bare), "__" + what + i);
        }
        return bare.startsWith("\"") ? '"' + free.replace("\"", "\"\"") + '"' : free;
    }

    private static String fitting(String name, String suffix) {
        if (DdlWords.cut(name, DdlWords.LONGEST_NAME - suffix.length()).equals(name)) {
            return name + suffix;
        }
        var whole = Digests.hex(Digests.sha256(name.getBytes(StandardCharsets.UTF_8)));
        var mark = "_" + whole.substring(0, MARK) + suffix;
        return DdlWords.cut(name, DdlWords.LONGEST_NAME - mark.length()) + mark;
    }
}
