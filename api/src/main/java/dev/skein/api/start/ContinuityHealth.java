// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.start;

import dev.skein.api.relay.PublishedComparison;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether anything is decided. It is told, and the service stays ready where nothing is: who has to
 * look and to bring things in line comes through its door.
 */
@Readiness
@ApplicationScoped
public class ContinuityHealth implements HealthCheck {
    private final PublishedComparison comparison;

    public ContinuityHealth(PublishedComparison comparison) {
        this.comparison = comparison;
    }

    @Override
    public HealthCheckResponse call() {
        var state =
                comparison
                        .stopped()
                        .map(stop -> "stopped since " + stop.since() + ": " + stop.found())
                        .orElse("deciding");
        return HealthCheckResponse.named("continuity").up().withData("state", state).build();
    }
}
