// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/**
 * What happened to a topic behind its readers' backs.
 *
 * @param records how many are gone; zero where that is not known
 */
public record ListedNotice(
        String topic, String found, String remedy, long partitions, long records, String at) {}
