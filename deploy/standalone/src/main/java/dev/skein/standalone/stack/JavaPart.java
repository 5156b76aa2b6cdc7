// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Java program in a process of its own, ready when a question about it is answered with yes. */
public final class JavaPart implements StackPart {
    /** Whoever is ended before that begins anew, and on a busy machine never comes up. */
    private static final Duration START = Duration.ofMinutes(3);

    private static final Duration STOP = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 50;

    private final StackHome home;
    private final String name;
    private final Supplier<List<String>> command;
    private final Map<String, String> environment;
    private final BooleanSupplier ready;
    private @Nullable Process process;

    /**
     * @param command what to run, asked anew at each start
     */
    public JavaPart(
            StackHome home,
            String name,
            Supplier<List<String>> command,
            Map<String, String> environment,
            BooleanSupplier ready) {
        this.home = home;
        this.name = name;
        this.command = command;
        this.environment = Map.copyOf(environment);
        this.ready = ready;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process().isAlive() || System.nanoTime() > end) {
                stop();
                throw SkeinException.failed(
                        "Process " + name,
                        "it did not start: " + LastError.in(home.log(name)),
                        "Look into " + home.log(name));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void launch() {
        try {
            var log = home.log(name);
            Files.createDirectories(log.getParent());
            process = builder(log).start();
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Process " + name,
                    "it cannot be started (" + e.getMessage() + ")",
                    "",
                    e);
        }
    }

    private ProcessBuilder builder(Path log) {
        var builder = new ProcessBuilder(DetachedCommand.command(command.get()));
        builder.environment().putAll(environment);
        builder.directory(home.data().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(new File("/dev/null"));
        return builder;
    }

    @Override
    public boolean isLaunched() {
        return process != null;
    }

    @Override
    public boolean isReady() {
        return process().isAlive() && ready.getAsBoolean();
    }

    @Override
    public Process process() {
        return Objects.requireNonNull(process, "not started");
    }

    @Override
    public void stop() throws InterruptedException {
        if (process == null) {
            return;
        }
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
