// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/** The name of a rollout that was proposed. */
public record ProposedRollout(String id) {}
