// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs programs to their end. They speak English, whatever the language of who runs them is. */
public final class ProgramRuns {
    private static final long LOOK_MILLIS = 100;
    private static final int OUTPUT_BYTES = 20_000;

    private ProgramRuns() {}

    /** A program that is not started yet, and says all that it says in one stream. */
    static ProcessBuilder prepare(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C"); // stronger than LANG and LANGUAGE
        return builder;
    }

    /**
     * What a program prints, with its errors; empty if it cannot be started.
     *
     * @throws SkeinException if this thread is interrupted meanwhile
     */
    public static String output(List<String> command) {
        try {
            var process = prepare(command).start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(command, e);
        }
    }

    /** Runs a program that must succeed. */
    static void run(List<String> command) {
        try {
            var process = prepare(command).start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw SkeinException.failed(
                        "Program " + command.getFirst(), "it failed: " + text.strip(), "");
            }
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Program " + command.getFirst(),
                    "it cannot be started (" + e.getMessage() + ")",
                    "",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(command, e);
        }
    }

    /** What a program that is silent otherwise complains of; empty where it ends well. */
    public static String complaints(List<String> command, Map<String, String> environment) {
        return complaints(command, environment, () -> false);
    }

    /**
     * The same, ended early when somebody asks for it.
     *
     * @param stop asked several times a second
     * @return what it complained of; empty where it ended well
     * @throws SkeinException with {@link ErrorCode#INTERRUPTED} if it was stopped
     */
    public static String complaints(
            List<String> command, Map<String, String> environment, BooleanSupplier stop) {
        try {
            var builder = prepare(command);
            builder.environment().putAll(environment);
            var process = builder.start();
            try {
                var text = said(process, command, stop);
                return process.exitValue() == 0
                        ? ""
                        : text.isEmpty() ? command.getFirst() + " failed" : text;
            } finally {
                process.destroy(); // it has ended, or nobody waits for it any more
            }
        } catch (IOException | ExecutionException e) {
            return command.getFirst() + " cannot be started (" + e.getMessage() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(command, e);
        }
    }

    /** What a program has said when it ends. */
    private static String said(Process process, List<String> command, BooleanSupplier stop)
            throws IOException, InterruptedException, ExecutionException {
        process.getOutputStream().close();
        var said = new FutureTask<>(() -> text(process.getInputStream()));
        Thread.startVirtualThread(said);
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (stop.getAsBoolean()) {
                throw interrupted(command, new InterruptedException("stopped as asked"));
            }
        }
        return said.get().strip();
    }

    /** All that is said is read; what is kept of it is bounded. */
    private static String text(InputStream in) throws IOException {
        var text = new String(in.readNBytes(OUTPUT_BYTES), StandardCharsets.UTF_8);
        in.transferTo(OutputStream.nullOutputStream());
        return text;
    }

    private static SkeinException interrupted(List<String> command, InterruptedException e) {
        return new SkeinException(
                ErrorCode.INTERRUPTED, "Program " + command.getFirst(), "interrupted", "", e);
    }
}
