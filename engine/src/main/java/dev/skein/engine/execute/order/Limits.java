// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import java.time.Duration;

/**
 * How long things may take on one database.
 *
 * @param lockTimeout for each lock a statement needs
 * @param statementTimeout for each statement; zero for none
 * @param lockWait for the tenant's own advisory lock, held by another run
 * @param retries after a lock timeout, deadlock, serialization failure, lost connection, or because
 *     others queued behind us
 * @param lockBudget for all waiting for locks in one transaction
 * @param maxQueue how many sessions may wait behind our locks before the statement yields to them
 */
public record Limits(
        Duration lockTimeout,
        Duration statementTimeout,
        Duration lockWait,
        int retries,
        Duration lockBudget,
        int maxQueue) {
    public static final Limits DEFAULT =
            new Limits(
                    Duration.ofSeconds(3),
                    Duration.ZERO,
                    Duration.ofSeconds(60),
                    5,
                    Duration.ofSeconds(10),
                    10);

    /** The same with another wait for the tenant's lock. */
    public Limits withLockWait(Duration wait) {
        return new Limits(lockTimeout, statementTimeout, wait, retries, lockBudget, maxQueue);
    }

    /** The same with other timeouts of statements. */
    public Limits withTimeouts(Duration lock, Duration statement) {
        return new Limits(lock, statement, lockWait, retries, lockBudget, maxQueue);
    }

    /** The same with another number of attempts after the first. */
    public Limits withRetries(int number) {
        return new Limits(lockTimeout, statementTimeout, lockWait, number, lockBudget, maxQueue);
    }

    /** The same with other bounds for the watcher. */
    public Limits withQueue(Duration budget, int queue) {
        return new Limits(lockTimeout, statementTimeout, lockWait, retries, budget, queue);
    }
}
