// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object of a catalog.
 *
 * @param attributes what is set on it by {@link ObjectKind#attributes} names; without the unset
 *     ones
 */
public record CatalogItem(ItemId id, Map<String, String> attributes) {
    public CatalogItem {
        attributes = Map.copyOf(attributes);
    }

    /** An attribute, or null where it is unset. */
    public @Nullable String get(String attribute) {
        return attributes.get(attribute);
    }

    /** An attribute, or an empty text where it is unset. */
    public String text(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** Whether an attribute is set. */
    public boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    /** Whether an attribute of another one is not as it is here. */
    public boolean differs(CatalogItem other, String attribute) {
        return !Objects.equals(get(attribute), other.get(attribute));
    }

    /** Its attributes in one line, in their order. */
    public String inWords() {
        var words = new StringBuilder();
        for (var name : id.kind().attributes()) {
            var value = attributes.get(name);
            if (value != null) {
                words.append(words.isEmpty() ? "" : ", ");
                words.append(value.equals(name) ? value : name + " " + value.strip());
            }
        }
        return words.toString();
    }
}
