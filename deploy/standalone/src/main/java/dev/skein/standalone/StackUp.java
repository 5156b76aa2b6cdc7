// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone;

import dev.skein.agent.cli.Skein;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.SkeinException;
import dev.skein.standalone.demo.Demo;
import dev.skein.standalone.stack.Archiver;
import dev.skein.standalone.stack.LocalStack;
import dev.skein.standalone.stack.PidFile;
import dev.skein.standalone.stack.StackHome;
import dev.skein.standalone.stack.StackPart;
import dev.skein.standalone.stack.StackSupervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** Runs the stack in the foreground, until a signal or {@code down}. */
final class StackUp {
    private final StackHome home;
    private final Output out;
    private final StackSupervisor supervisor;
    private final PidFile own;
    private final Archiver archiver;

    StackUp(StackHome home, Output out) {
        this.home = home;
        this.out = out;
        this.supervisor = new StackSupervisor(home, out::say);
        this.archiver = new Archiver(out::say);
        this.own = StackDown.pidFile(home);
    }

    int run() throws InterruptedException {
        return run(Optional.empty(), false);
    }

    int run(Demo demo, boolean exit) throws InterruptedException {
        return run(Optional.of(demo), exit);
    }

    private int run(Optional<Demo> demo, boolean exit) throws InterruptedException {
        refuseSecond();
        own.write(ProcessHandle.current());
        var hook = new Thread(this::end);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return up(demo, exit);
        } finally {
            if (isRunning(hook)) {
                hook.join();
            } else {
                end();
            }
        }
    }

    private int up(Optional<Demo> demo, boolean exit) throws InterruptedException {
        int agents = Integer.parseInt(System.getProperty("skein.agents", "1"));
        var stack = new LocalStack(home, agents);
        start(stack);
        if (demo.isPresent()) {
            int code = tell(demo.get(), stack);
            if (exit) {
                return code;
            }
        }
        greet(stack);
        archiver.start(stack);
        supervisor.watch();
        return 0;
    }

    /** Tells the demo while the parts are watched; gives its exit code. */
    private int tell(Demo demo, LocalStack stack) throws InterruptedException {
        var watcher = Thread.ofVirtual().start(this::watch);
        int code = demo.tell(stack);
        watcher.interrupt();
        return code;
    }

    private static boolean isRunning(Thread hook) {
        try {
            return !Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return true; // the process is ending, and the hook with it
        }
    }

    private void watch() {
        try {
            supervisor.watch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuseSecond() {
        var other = own.process();
        if (other.isPresent()) {
            throw SkeinException.failed(
                    "Stack in " + home.data(),
                    "it is up already (process " + other.get().pid() + ")",
                    "Stop it with: skein down");
        }
    }

    private void start(LocalStack stack) throws InterruptedException {
        long began = System.nanoTime();
        out.say("Starting the stack in " + home.data());
        var groups = stack.groups();
        var all = new ArrayList<StackPart>();
        groups.forEach(all::addAll);
        stack.kept().forEach(this::tellKept);
        supervisor.clear(all.reversed());
        supervisor.start(groups.getFirst());
        stack.createDatabases();
        for (var group : groups.subList(1, groups.size())) {
            supervisor.start(group);
        }
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        out.say(
                "All up in %.1f s; logs are in %s"
                        .formatted(millis / 1000.0, home.data().resolve("log")));
        logIn(stack);
    }

    private void tellKept(Path file) {
        out.say(
                file
                        + " was changed by hand and stays as it is; without it, it"
                        + " is written anew");
    }

    /** Leaves a login for whoever uses this stack from here. */
    private void logIn(LocalStack stack) {
        int code =
                Skein.run(
                        Output.plain(System.out, System.err),
                        "login",
                        stack.apiUrl(),
                        "--name",
                        "admin",
                        "--password-file",
                        stack.secrets().file("admin").toString());
        if (code != 0) {
            throw SkeinException.failed("Login as admin", "it failed", "See above");
        }
    }

    private void greet(LocalStack stack) {
        out.say("");
        out.say("Console:  " + out.strong(stack.apiUrl() + "/console"));
        out.say("Login:    admin, password in " + stack.secrets().file("admin"));
        out.say("Try:      skein status · skein targets · skein rollout list");
        out.say("Stop:     Ctrl-C here, or skein down");
    }

    private void end() {
        out.say("Stopping the stack");
        archiver.close();
        supervisor.close();
        own.delete();
        out.say("Stopped");
    }
}
