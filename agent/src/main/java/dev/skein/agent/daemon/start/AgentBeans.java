// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.start;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The things from outside that everything injects. */
@ApplicationScoped
public class AgentBeans {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
