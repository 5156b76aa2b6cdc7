// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

/**
 * What a schema is in two versions of the canonical text, at one moment.
 *
 * @param current its fingerprint
 * @param asOld what the older version makes of it; the same where that is this version
 * @param untold how many objects the older version does not tell of
 */
public record SchemaSight(Fingerprint current, Fingerprint asOld, long untold) {}
