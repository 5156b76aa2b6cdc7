// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.world;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.server.FolderTrees;
import dev.skein.faults.net.FaultyLink;
import dev.skein.standalone.stack.Archiver;
import dev.skein.standalone.stack.LocalStack;
import dev.skein.standalone.stack.StackHome;
import dev.skein.standalone.stack.StackPart;
import dev.skein.standalone.stack.StackSupervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The stack: two replicas of api and audit, two sites with two agents each, everything on 127.0.0.1
 * and in one folder. What it started it may hit, by process id, and nothing else.
 */
public final class StackUnderFaults implements AutoCloseable {
    /** Whether clocks can be wrong. */
    public static final boolean HAS_WRONG_CLOCKS = Clocks.CAN_BE_WRONG;

    private static final int AGENTS = 2;
    private static final int REPLICAS = 2;
    private static final List<String> NAMES =
            List.of(
                    "kafka",
                    "kafka-controller",
                    "postgres-control",
                    "postgres-eu",
                    "postgres-us",
                    "api",
                    "api-2",
                    "audit",
                    "audit-2",
                    "agent-eu-1",
                    "agent-eu-2",
                    "agent-us-1",
                    "agent-us-2");

    private final StackHome home;
    private final ServerLinks ways;
    private final SmallDisks disks;
    private final Clocks clocks;
    private final LocalStack stack;
    private final StackSupervisor supervisor;
    private final Archiver archiver;
    private final Map<String, StackPart> parts = new ConcurrentHashMap<>();
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    private final PgClient client = PgClient.create();
    private final Thread watcher;

    /**
     * One that does not run yet.
     *
     * @param data an empty folder that everybody may enter
     */
    public StackUnderFaults(Path root, Path data, Consumer<String> talk) {
        home = new StackHome(root, data);
        var ports = new SteadyPorts();
        ports.write(data.resolve("ports.properties"), NAMES);
        clocks = new Clocks(data);
        ways = new ServerLinks(ports, clocks);
        disks = new SmallDisks(data);
        stack = new LocalStack(home, AGENTS, REPLICAS, ways);
        supervisor = new StackSupervisor(home, talk);
        archiver = new Archiver(talk);
        watcher = Thread.ofPlatform().daemon().name("watcher").unstarted(this::watch);
    }

    /** Starts it. Whoever made it closes it, also where this fails or is cut off. */
    public void start() throws InterruptedException {
        var groups = stack.groups();
        ways.tellBroker(
                home.data().resolve("kafka"), stack.port("kafka"), stack.port("kafka-controller"));
        groups.forEach(group -> group.forEach(part -> parts.put(part.name(), part)));
        supervisor.start(groups.getFirst());
        stack.createDatabases();
        for (var group : groups.subList(1, groups.size())) {
            supervisor.start(group);
        }
        watcher.start();
        archiver.start(stack); // much of what follows is starts
    }

    private void watch() {
        try {
            supervisor.watch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public LocalStack stack() {
        return stack;
    }

    public StackHome home() {
        return home;
    }

    /** The names of the parts that begin so, in order. */
    public List<String> parts(String prefix) {
        var names = new TreeSet<String>();
        parts.keySet().stream().filter(name -> name.startsWith(prefix)).forEach(names::add);
        return List.copyOf(names);
    }

    private StackPart part(String name) {
        var part = parts.get(name);
        if (part == null) {
            throw SkeinException.usage("Part " + name, "there is none", "");
        }
        return part;
    }

    /** The link between a program and the server whose name begins so. */
    public FaultyLink link(String program, String server) {
        return ways.between(program, server);
    }

    /** Where Kafka is, past all links. */
    public String bootstrap() {
        return "127.0.0.1:" + stack.port("kafka");
    }

    /** The folders for backups that are small disks of their own; none where none can be made. */
    public List<Path> smallDisks() {
        return disks.all();
    }

    /** The programs whose clocks can be wrong; none where none can. */
    public List<String> wrongClocks() {
        return clocks.all();
    }

    /** Lets the clock of one of them be wrong by so much. */
    public void setClock(String program, Duration offset) {
        clocks.set(program, offset);
    }

    /** An agent that is down finds nothing of what it had kept. */
    public void loseCache(String agent) {
        try {
            FolderTrees.delete(home.data().resolve(agent));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The part whose process has a number, of those whose names begin so. */
    public Optional<String> withProcess(String prefix, long pid) {
        return parts(prefix).stream()
                .filter(name -> part(name).isLaunched() && part(name).process().pid() == pid)
                .findFirst();
    }

    /** A session past all links. */
    public PgSession open(String server, String database) {
        return client.open(stack.address(server, database), "faults", Map.of());
    }

    /** Lets a part end, by KILL or as it would be asked to, and keeps it down. */
    public void end(String name, String signal) {
        supervisor.holdDown(part(name));
        signal(signal, name);
    }

    /** Lets what was ended, or dies from now on, start again. */
    public void revive(String name) {
        supervisor.release(part(name));
    }

    /** Stops a part's process where it is. */
    public void freeze(String name) {
        stopped.add(name);
        signal("STOP", name);
    }

    /** Lets it go on. */
    public void thaw(String name) {
        if (stopped.remove(name)) {
            signal("CONT", name);
        }
    }

    private void signal(String signal, String name) {
        var part = part(name);
        if (!part.isLaunched() || !part.process().isAlive()) {
            return; // another fault was faster
        }
        ProcessSignal.send(signal, part.process());
    }

    /** Ends all faults of ways and processes. */
    public void heal() {
        ways.open();
        clocks.heal();
        List.copyOf(stopped).forEach(this::thaw);
        parts.values().forEach(supervisor::release);
    }

    /** The parts that do not serve. */
    public List<String> down() {
        var down = new ArrayList<String>();
        for (var name : parts("")) {
            if (!part(name).isReady()) {
                down.add(name);
            }
        }
        return down;
    }

    /** What keeps nothing is killed; only servers take their leave. */
    @Override
    public void close() {
        archiver.close();
        ways.open();
        List.copyOf(stopped).forEach(this::thaw);
        watcher.interrupt();
        for (var name : parts("")) {
            if (!name.startsWith("postgres")) {
                end(name, "KILL");
            }
        }
        supervisor.close();
        ways.close();
        client.close();
        disks.close();
    }

    /** Deletes all that it kept, its logs, too. */
    public void forget() {
        try {
            FolderTrees.delete(home.data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
