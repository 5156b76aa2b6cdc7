// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import java.util.Objects;

/**
 * A catalog that a scan found, once for each fingerprint.
 *
 * @param catalog as {@link dev.skein.engine.catalog.CatalogText} writes it
 */
@SuppressWarnings("ArrayRecordComponent")
public record CatalogRecord(String fingerprint, byte[] catalog) {
    public CatalogRecord {
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(catalog, "catalog");
    }
}
