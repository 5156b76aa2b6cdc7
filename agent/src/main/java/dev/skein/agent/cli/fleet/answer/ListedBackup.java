// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/**
 * A backup that was taken.
 *
 * @param site empty of a database that is gone
 * @param rollout before which
 * @param trial whether it was restored for a trial
 */
public record ListedBackup(
        String site,
        String database,
        String takenAt,
        String rollout,
        String extent,
        long rows,
        long bytes,
        String trial,
        String sha256) {}
