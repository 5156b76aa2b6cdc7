// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of the audit service, under {@code skein.audit}. */
@ConfigMapping(prefix = "skein.audit")
public interface AuditConfig {
    /** The database of the log: {@code postgresql://user@host:port/name}. */
    String databaseUrl();

    /** Its password. */
    Optional<String> databasePassword();

    /**
     * The same database for the role that owns the tables, which is used at the start only: who
     * serves may then add to the history and change nothing of it. Without one it is the same role.
     */
    Optional<String> ownerUrl();

    /** That role's password. */
    Optional<String> ownerPassword();

    /**
     * Tells this process from others of its kind; the same after a restart, which then goes on at
     * once. Without one a restart waits some seconds for what it was reading.
     */
    Optional<String> instance();

    /** What the log is called, for ever. */
    @WithDefault("skein-audit")
    String origin();

    /** The file with the key that signs checkpoints; it is made where there is none. */
    @WithDefault("skein-audit.key")
    Path key();

    /**
     * The file with the last checkpoint that was signed, outside the database like the key; without
     * this setting it is beside the key.
     */
    Optional<Path> lastNote();

    /**
     * How long entries may be missing before agents are asked for them, and between two questions.
     */
    @WithDefault("30s")
    Duration resendAfter();

    /**
     * How long findings are kept that ended; without it for ever. The log's entries tell of them.
     */
    Optional<Duration> keepFindings();

    /** How long dead letters are kept that were replayed or dropped; without it for ever. */
    Optional<Duration> keepLetters();

    /** The control plane that knows who somebody is; without one nobody may read. */
    Optional<String> apiUrl();
}
