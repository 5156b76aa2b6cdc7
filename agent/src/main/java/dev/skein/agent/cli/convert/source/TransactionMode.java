// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.source;

/** How a tool ran a script; it decides what the script's own COMMIT and ROLLBACK mean. */
public enum TransactionMode {
    /** In one transaction that the tool opened. */
    WRAPPED,
    /** By psql, where each statement commits unless the script says BEGIN. */
    BY_PSQL,
    /** Nobody knows; what would mean two things is refused. */
    UNKNOWN,
    /** The project says that it must be in no transaction. */
    ALONE
}
