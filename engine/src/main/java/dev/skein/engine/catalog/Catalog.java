// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.List;

/** A database's schema at one moment: its objects in canonical order, and their fingerprint. */
public record Catalog(Fingerprint fingerprint, List<CatalogItem> items) {
    public Catalog {
        items = List.copyOf(items);
    }
}
