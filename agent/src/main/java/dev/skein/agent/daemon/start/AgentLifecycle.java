// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.start;

import dev.skein.agent.daemon.ask.RequestIntake;
import dev.skein.agent.daemon.bundle.BundleCache;
import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.intake.DirectiveIntake;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.LoginKeys;
import dev.skein.service.clock.ClockWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Checks what was configured, then starts the loops; backwards at the end. */
@ApplicationScoped
public class AgentLifecycle {
    private static final Logger LOG = Logger.getLogger(AgentLifecycle.class);

    private final AgentConfig config;
    private final BundleCache bundles;
    private final DirectiveIntake intake;
    private final RequestIntake requests;
    private final SiteObserver watch;
    private final AgentKafka wire;
    private final AgentLoopHealth health;
    private final MeterRegistry registry;
    private final ClockWatch clock = new ClockWatch();
    private final List<Thread> threads = new ArrayList<>();

    public AgentLifecycle(
            AgentConfig config,
            BundleCache bundles,
            DirectiveIntake intake,
            RequestIntake requests,
            SiteObserver watch,
            AgentKafka wire,
            @Readiness AgentLoopHealth health,
            MeterRegistry registry) {
        this.config = config;
        this.bundles = bundles;
        this.intake = intake;
        this.requests = requests;
        this.watch = watch;
        this.wire = wire;
        this.health = health;
        this.registry = registry;
    }

    /** What keeps the service from starting is said in one line, before the stack trace. */
    void start(@Observes StartupEvent event) {
        try {
            begin();
        } catch (SkeinException e) {
            LOG.error(e.getMessage());
            throw e;
        }
    }

    private void begin() {
        LoginKeys.keep();
        clock.start();
        check();
        for (var loop :
                List.of(
                        bundles.loop(intake::bundles),
                        intake.loop(),
                        requests.loop(),
                        watch.loop(registry),
                        watch.pulse())) {
            health.watch(loop);
            threads.add(Thread.ofPlatform().name(loop.name()).start(loop));
        }
    }

    private void check() {
        if (!Topics.isSite(config.site())) {
            throw SkeinException.usage(
                    "skein.agent.site",
                    "'" + config.site() + "' is no name of a site",
                    "Use a-z, 0-9 and '-'");
        }
        if (config.rehearseRows() < 0) {
            throw SkeinException.usage(
                    "skein.agent.rehearse-rows",
                    config.rehearseRows() + " is no number of rows",
                    "");
        }
        checkServers();
    }

    private void checkServers() {
        if (config.servers().isEmpty()) {
            throw SkeinException.usage(
                    "skein.agent.servers",
                    "there is no server",
                    "Set skein.agent.servers.<name>.url and .databases");
        }
        config.servers().forEach((name, server) -> refusePassword(name, server.url()));
    }

    private static void refusePassword(String server, String url) {
        if (DatabaseAddress.parse(url).password() != null) {
            throw SkeinException.usage(
                    "skein.agent.servers." + server + ".url",
                    "the password stands in it",
                    "Set .password to env:NAME or file:PATH");
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        intake.stop();
        requests.stop();
        bundles.stop();
        for (var thread : threads) {
            if (Set.of("watch", "pulse").contains(thread.getName())) {
                thread.interrupt();
            }
            thread.join();
        }
        intake.close();
        requests.close();
        bundles.close();
        wire.close();
        clock.close();
    }
}
