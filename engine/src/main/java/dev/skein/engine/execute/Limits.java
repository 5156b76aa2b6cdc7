// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import java.time.Duration;

/**
 * How long things may take on one database.
 *
 * @param lockTimeout for each lock a statement needs
 * @param statementTimeout for each statement; zero for none
 * @param lockWait for the tenant's own advisory lock, held by another run
 * @param retries after a lock timeout, deadlock or serialization failure
 */
public record Limits(
        Duration lockTimeout, Duration statementTimeout, Duration lockWait, int retries) {
    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(3), Duration.ZERO, Duration.ofSeconds(60), 5);
}
