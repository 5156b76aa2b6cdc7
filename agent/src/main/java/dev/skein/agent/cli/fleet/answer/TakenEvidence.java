// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/** On how many revisions evidence was taken. */
public record TakenEvidence(int revisions) {}
