// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The settings of the audit service, under {@code skein.audit}. */
@ConfigMapping(prefix = "skein.audit")
public interface AuditConfig {
    /** The database of the log: {@code postgresql://user@host:port/name}. */
    String databaseUrl();

    /** Its password. */
    Optional<String> databasePassword();

    /** Tells this process from others of its kind; the same after a restart. */
    @WithDefault("audit-1")
    String instance();
}
