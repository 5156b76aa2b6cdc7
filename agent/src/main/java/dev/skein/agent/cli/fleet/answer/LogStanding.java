// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/**
 * How the audit log stands that has not everything that was signed.
 *
 * @param note the checkpoint that it does not keep to
 * @param signed the size of that one
 * @param from the size that it goes on from
 * @param unread records in Kafka that are not in it yet
 */
public record LogStanding(String note, long signed, long from, long unread) {}
