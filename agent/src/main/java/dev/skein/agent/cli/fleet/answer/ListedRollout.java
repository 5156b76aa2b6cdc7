// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/**
 * A rollout in a list.
 *
 * @param approvedBy empty where nobody has
 */
public record ListedRollout(
        String id, String status, String author, String approvedBy, String created) {}
