// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgServerError;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries a step again after a lock timeout, a deadlock or a serialization failure, up to a bound.
 */
final class Patience {
    private static final long FIRST_MILLIS = 200;

    private final Limits limits;
    private final Progress progress;

    Patience(Limits limits, Progress progress) {
        this.limits = limits;
        this.progress = progress;
    }

    JournalState run(StepContext context, JournalState before) {
        for (int attempt = 0; ; attempt++) {
            try {
                return context.script().transactional()
                        ? new TransactionalStep(context, before).run()
                        : new LooseStep(context, before).run();
            } catch (PgServerError e) {
                if (!e.isRetriable()) {
                    throw e;
                }
                if (attempt >= limits.retries()) {
                    throw context.failures().after(e);
                }
                pause(context, e, attempt);
            }
        }
    }

    private void pause(StepContext context, PgServerError e, int attempt) {
        long base = FIRST_MILLIS << Math.min(attempt, 6);
        var pause = Duration.ofMillis(base + ThreadLocalRandom.current().nextLong(base));
        progress.retrying(context.step(), e.sqlState() + " " + e.serverMessage(), pause);
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // the next message sees it and ends the run
        }
    }
}
