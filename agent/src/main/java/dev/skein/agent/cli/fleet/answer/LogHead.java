// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/**
 * The last signed checkpoint of the audit log.
 *
 * @param key whose signature it is
 * @param refused why nothing more is signed; empty while all is well
 */
public record LogHead(String key, String checkpoint, String refused) {}
