// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.testing;

import dev.skein.audit.config.AuditConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of a log whose files are in a folder.
 *
 * @param folder where its key and its last checkpoint are
 */
public record TestSettings(Path folder) implements AuditConfig {
    @Override
    public String databaseUrl() {
        return "";
    }

    @Override
    public Optional<String> databasePassword() {
        return Optional.empty();
    }

    @Override
    public Optional<String> instance() {
        return Optional.of("audit-1");
    }

    @Override
    public String origin() {
        return "test/log";
    }

    @Override
    public Optional<String> ownerUrl() {
        return Optional.empty();
    }

    @Override
    public Optional<String> ownerPassword() {
        return Optional.empty();
    }

    @Override
    public Duration resendAfter() {
        return Duration.ZERO;
    }

    @Override
    public Optional<Duration> keepFindings() {
        return Optional.of(Duration.ofDays(30));
    }

    @Override
    public Optional<Duration> keepLetters() {
        return Optional.of(Duration.ofDays(90));
    }

    @Override
    public Path key() {
        return folder.resolve("audit.key");
    }

    @Override
    public Optional<Path> lastNote() {
        return Optional.empty();
    }

    @Override
    public Optional<String> apiUrl() {
        return Optional.empty();
    }
}
