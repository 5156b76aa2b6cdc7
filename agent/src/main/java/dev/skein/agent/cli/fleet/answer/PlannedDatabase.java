// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/**
 * A database of a plan.
 *
 * @param wave the name of the one that it is in
 * @param reason why it is set aside; empty of one that is not
 */
public record PlannedDatabase(String site, String name, String wave, String reason) {}
