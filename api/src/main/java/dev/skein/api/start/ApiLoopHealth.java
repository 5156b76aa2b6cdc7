// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.start;

import dev.skein.service.loop.ServiceLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether every loop of this service has done its work lately. */
@Readiness
@ApplicationScoped
public class ApiLoopHealth implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<ServiceLoop> loops = new CopyOnWriteArrayList<>();

    void watch(ServiceLoop loop) {
        loops.add(loop);
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("loops");
        var all = true;
        for (var loop : loops) {
            var since = loop.sinceLastTurn();
            all &= since.compareTo(PATIENCE) < 0;
            answer.withData(loop.name(), "turned " + since.toSeconds() + " s ago");
        }
        return answer.status(all).build();
    }
}
