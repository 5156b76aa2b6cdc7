// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.plan.Step;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Counts and times what runs do. */
@ApplicationScoped
public class RunMetrics implements Progress {
    private static final Logger LOG = Logger.getLogger(RunMetrics.class);

    private final Timer steps;
    private final Counter retries;
    private final Counter lockWaits;

    public RunMetrics(MeterRegistry registry) {
        this.steps =
                Timer.builder("skein.step.seconds")
                        .description("one revision on one database")
                        .publishPercentileHistogram()
                        .register(registry);
        this.retries = registry.counter("skein.step.retries");
        this.lockWaits = registry.counter("skein.lock.waits");
    }

    @Override
    public void waitingForLock(String holder) {
        lockWaits.increment();
        LOG.infof("waiting for the lock: %s", holder);
    }

    @Override
    public void done(Step step, Duration took) {
        steps.record(took);
        MDC.put("revision", step.revision());
        LOG.infof("step %s in %d ms", step.direction(), took.toMillis());
        MDC.remove("revision");
    }

    @Override
    public void readingAgain(String reason, Duration pause) {
        retries.increment();
        LOG.infof("reading the schema again in %d ms: %s", pause.toMillis(), reason);
    }

    @Override
    public void retrying(Step step, String reason, Duration pause) {
        retries.increment();
        LOG.infof("retry revision=%s in %d ms: %s", step.revision(), pause.toMillis(), reason);
    }
}
