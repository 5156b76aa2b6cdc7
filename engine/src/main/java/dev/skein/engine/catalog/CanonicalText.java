// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The text that a fingerprint is the hash of, read again: a line for each object with kind,
 * relation, name and attributes between tabs. Quoted names and attributes may hold tabs and line
 * ends themselves.
 */
public final class CanonicalText {
    private final String text;
    private int at;

    private CanonicalText(String text) {
        this.text = text;
    }

    /**
     * The catalog that a text tells.
     *
     * @return nothing where the text is not what this fingerprint is of
     */
    public static Optional<Catalog> read(String text, Fingerprint of) {
        if (!FingerprintLine.fingerprint(text, of).equals(of)) {
            return Optional.empty();
        }
        return Optional.of(
                new Catalog(
                        of, new CanonicalText(text).items(), Map.of(), Map.of(), null, List.of()));
    }

    private SortedMap<ItemId, CatalogItem> items() {
        var items = new TreeMap<ItemId, CatalogItem>();
        while (at < text.length()) {
            var key = List.of(word(), word(), word());
            var item = new FingerprintLine(key, attributes()).item();
            items.put(item.id(), item);
            at++; // the line's end
        }
        return items;
    }

    /** Up to the next tab outside of quotes. */
    private String word() {
        int start = at;
        boolean quoted = false;
        while (quoted || text.charAt(at) != '\t') {
            quoted ^= text.charAt(at) == '"';
            at++;
        }
        return text.substring(start, at++);
    }

    /** An array in braces, in whose quotes a backslash stands before what would end them. */
    private String attributes() {
        int start = at;
        boolean quoted = false;
        while (quoted || text.charAt(at) != '}') {
            if (text.charAt(at) == '\\') {
                at++;
            } else {
                quoted ^= text.charAt(at) == '"';
            }
            at++;
        }
        at++;
        return text.substring(start, at);
    }
}
