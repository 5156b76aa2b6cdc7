// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits on the calling (virtual) thread for what the event loop does; never without a bound. */
public final class Await {
    /** What to do about a connection that broke. */
    static final String RUN_AGAIN = "Run it again: the journal knows what was committed";

    private static final Duration LOOK = Duration.ofMillis(100);

    private Await() {}

    /**
     * The future's result.
     *
     * @param subject what the error is about, for example the database
     * @throws PgServerError for an error the server reported
     * @throws Unreachable for a connection that failed or was silent beyond the bound
     */
    public static <T> T get(String subject, Future<T> future, Duration bound) {
        return get(subject, future.toCompletionStage().toCompletableFuture(), bound, bound);
    }

    /**
     * The same, given up where somebody asks for it.
     *
     * @param stop asked several times a second
     * @throws SkeinException with {@link ErrorCode#INTERRUPTED} if it was stopped
     */
    static <T> T get(String subject, Future<T> future, Duration bound, BooleanSupplier stop) {
        var answer = future.toCompletionStage().toCompletableFuture();
        long end = System.nanoTime() + bound.toNanos();
        while (!isThere(subject, answer) && System.nanoTime() < end) {
            if (stop.getAsBoolean()) {
                throw interrupted(subject, new InterruptedException("stopped as asked"));
            }
        }
        return get(subject, answer, Duration.ZERO, bound);
    }

    /** Whether it has an answer, or an error, after a moment at the latest. */
    private static boolean isThere(String subject, CompletableFuture<?> answer) {
        try {
            answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return true; // it is told to who takes the answer
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(subject, e);
        }
    }

    /**
     * @param left of the bound; the error names the bound
     */
    private static <T> T get(
            String subject, CompletableFuture<T> answer, Duration left, Duration bound) {
        try {
            return answer.get(left.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw translate(subject, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new Unreachable(
                    subject, "no answer within " + bound.toSeconds() + " s", "", true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(subject, e);
        }
    }

    private static SkeinException interrupted(String subject, InterruptedException e) {
        return new SkeinException(ErrorCode.INTERRUPTED, subject, "interrupted", "", e);
    }

    static RuntimeException translate(String subject, Throwable cause) {
        if (isForWantOfMemory(cause)) {
            return new SkeinException(
                    ErrorCode.FAILED,
                    subject,
                    "an answer of the server is more than this program has memory for",
                    "Give it more memory: java -Xmx",
                    cause);
        }
        return switch (cause) {
            case PgException e -> new PgServerError(subject, e);
            case SkeinException e -> e;
            default -> {
                var what = "the connection broke (" + cause.getMessage() + ")";
                yield new Unreachable(subject, what, RUN_AGAIN, true, cause);
            }
        };
    }

    private static boolean isForWantOfMemory(Throwable cause) {
        for (var error = cause; error != null; error = error.getCause()) {
            if (error instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }
}
