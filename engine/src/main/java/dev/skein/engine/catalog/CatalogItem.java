// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

/**
 * One object of a schema as the server describes it.
 *
 * @param kind what it is: table, column, index, …
 * @param name qualified and quoted, unique in its kind
 * @param definition the server's own text
 */
public record CatalogItem(String kind, String name, String definition) {}
