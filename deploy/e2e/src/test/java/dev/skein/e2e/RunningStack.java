// SPDX-License-Identifier: Apache-2.0
package dev.skein.e2e;

import dev.skein.agent.cli.Out;
import dev.skein.agent.cli.Skein;
import dev.skein.engine.scratch.Trees;
import dev.skein.standalone.stack.Home;
import dev.skein.standalone.stack.Part;
import dev.skein.standalone.stack.Stack;
import dev.skein.standalone.stack.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The stack as {@code skein up} runs it, with two agents a site, in a folder of its own. */
final class RunningStack {
    final Home home;
    final Stack stack;
    final Out out = Out.system();
    private final Supervisor supervisor;
    private final List<Part> parts = new ArrayList<>();
    private final Thread watcher;

    RunningStack() throws IOException, InterruptedException {
        var data = Files.createTempDirectory("skein-e2e");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = new Home(Path.of(System.getProperty("skein.root")), data);
        stack = new Stack(home, 2);
        supervisor = new Supervisor(home, out::say);
        var groups = stack.groups();
        supervisor.start(groups.getFirst());
        stack.createDatabases();
        for (var group : groups.subList(1, groups.size())) {
            supervisor.start(group);
        }
        groups.forEach(parts::addAll);
        watcher = Thread.ofPlatform().daemon().start(this::watch);
        logIn();
    }

    private void logIn() {
        int code =
                Skein.run(
                        out,
                        "login",
                        stack.apiUrl(),
                        "--name",
                        "admin",
                        "--password-file",
                        stack.secrets().file("admin").toString());
        if (code != 0) {
            throw new IllegalStateException("login failed");
        }
    }

    private void watch() {
        try {
            supervisor.watch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process of a part. */
    ProcessHandle process(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow()
                .process()
                .toHandle();
    }

    /** Sends a signal to a part's process. */
    void signal(String signal, String name) throws IOException, InterruptedException {
        var pid = String.valueOf(process(name).pid());
        int code = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + signal + " " + name + " failed");
        }
        out.say("kill -" + signal + " " + name);
    }

    /** Stops everything. */
    void close() throws IOException, InterruptedException {
        watcher.interrupt();
        supervisor.close();
        watcher.join();
        // The logs stay, for whoever wants to know; the data has served.
        Trees.delete(home.data().resolve("postgres"));
        Trees.delete(home.data().resolve("kafka"));
    }
}
