// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.sign;

import dev.skein.audit.log.LogReads;
import dev.skein.audit.log.SelfCheck;
import dev.skein.audit.log.SignedCheckpoints;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.Unreachable;
import dev.skein.service.database.Db;
import dev.skein.service.loop.ServiceLoop;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Once a second: a checkpoint where the log has grown, and a look at some more old entries. */
@ApplicationScoped
public class CheckpointSigner {
    private static final Logger LOG = Logger.getLogger(CheckpointSigner.class);
    private static final Duration PAUSE = Duration.ofMillis(700);

    private final Db db;
    private final LogReads reads;
    private final SignedCheckpoints checkpoints;
    private final SelfCheck check;
    private final Counter signed;
    private final AtomicLong spoilt = new AtomicLong();
    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();
    private final ServiceLoop loop = new ServiceLoop("signer", this::round, () -> {});

    public CheckpointSigner(
            Db db,
            LogReads reads,
            SignedCheckpoints checkpoints,
            SelfCheck check,
            MeterRegistry registry) {
        this.db = db;
        this.reads = reads;
        this.checkpoints = checkpoints;
        this.check = check;
        this.signed = registry.counter("skein.audit.checkpoints");
        Gauge.builder("skein.audit.refused", refusal, r -> r.get() == null ? 0 : 1)
                .description("1 while the log is not what was signed, and nothing is signed")
                .register(registry);
        Gauge.builder("skein.audit.spoilt", spoilt, AtomicLong::get)
                .description("entries that are not what they were when they were appended")
                .register(registry);
    }

    /** The loop that signs, for as long as the service lives. */
    public ServiceLoop loop() {
        return loop;
    }

    /** Why nothing is signed, and what to do; nothing while all is well. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    private void round() throws InterruptedException {
        try {
            sign();
        } finally {
            spoilt.set(db.call(check::some));
        }
        Thread.sleep(PAUSE);
    }

    /**
     * Signs now, so that what is given out is covered. Where signing is refused, what was signed
     * last is what there is to give: it shows what somebody changed since. It takes a place of
     * those who read, so that they hold up nobody who writes.
     */
    public void now() {
        reads.before(this::sign);
    }

    private void sign() {
        try {
            if (db.call(checkpoints::sign)) {
                signed.increment();
            }
            refusal.set(null);
        } catch (Unreachable | PgServerError e) {
            throw e; // says nothing of the log
        } catch (SkeinException e) {
            refusal.set(e.getMessage());
            LOG.error(e.getMessage());
        }
    }
}
