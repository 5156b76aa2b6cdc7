// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.CatalogItem;
import org.jspecify.annotations.Nullable;

/**
 * How a column gets its type back when that was made anew.
 *
 * @param before the column as it is then: of the old type under its other name, or of text
 * @param through the casts that lead to the new type, up to its name
 * @param loss what may be lost on the way; null where nothing is
 */
public record Retyping(CatalogItem before, String through, @Nullable String loss) {}
