// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.sign;

import dev.skein.audit.log.Checkpoints;
import dev.skein.audit.log.SelfCheck;
import dev.skein.engine.Loop;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Once a second: a checkpoint where the log has grown, and a look at some more old entries. */
@ApplicationScoped
public class Signer {
    private static final Duration PAUSE = Duration.ofMillis(700);

    private final Db db;
    private final Checkpoints checkpoints;
    private final SelfCheck check;
    private final Counter signed;
    private final AtomicLong spoilt = new AtomicLong();
    private final Loop loop = new Loop("signer", this::round, () -> {});

    public Signer(Db db, Checkpoints checkpoints, SelfCheck check, MeterRegistry registry) {
        this.db = db;
        this.checkpoints = checkpoints;
        this.check = check;
        this.signed = registry.counter("skein.audit.checkpoints");
        Gauge.builder("skein.audit.spoilt", spoilt, AtomicLong::get)
                .description("entries that are not what they were when they were appended")
                .register(registry);
    }

    /** The loop that signs, for as long as the service lives. */
    public Loop loop() {
        return loop;
    }

    private void round() throws InterruptedException {
        try {
            if (db.call(checkpoints::sign)) {
                signed.increment();
            }
        } finally {
            spoilt.set(db.call(check::some));
        }
        Thread.sleep(PAUSE);
    }

    /** Signs now, so that what is given out is covered. */
    public void now() throws SkeinException {
        if (db.call(checkpoints::sign)) {
            signed.increment();
        }
    }
}
