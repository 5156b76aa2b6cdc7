// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.server.DisposableFolder;
import dev.skein.engine.server.FolderTrees;
import dev.skein.standalone.stack.LocalStack;
import dev.skein.standalone.stack.StackHome;
import dev.skein.standalone.stack.StackPart;
import dev.skein.standalone.stack.StackSupervisor;
import dev.skein.standalone.stack.StackWiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Api, audit, their PostgreSQL and a broker, in a new folder: no tenants' servers, no agents. */
final class FleetStack implements AutoCloseable {
    private static final List<String> PARTS = List.of("postgres-control", "broker", "api", "audit");

    private final Path data;
    private final LocalStack stack;
    private final StackSupervisor supervisor;
    private final Map<String, StackPart> parts = new LinkedHashMap<>();
    private final PgClient client = PgClient.create();

    FleetStack(Path root, Consumer<String> talk) {
        try {
            data = DisposableFolder.create("skein-fleet");
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var home = new StackHome(root, data);
        stack = new LocalStack(home, 0, 1, StackWiring.STRAIGHT);
        supervisor = new StackSupervisor(home, talk);
    }

    /** Starts it. Whoever made it closes it, also where this fails. */
    void start() throws InterruptedException {
        boolean first = true;
        for (var group : stack.groups()) {
            var wanted = group.stream().filter(part -> PARTS.contains(part.name())).toList();
            wanted.forEach(part -> parts.put(part.name(), part));
            supervisor.start(wanted);
            if (first) {
                stack.createDatabases();
                first = false;
            }
        }
    }

    LocalStack stack() {
        return stack;
    }

    String bootstrap() {
        return "127.0.0.1:" + stack.port("kafka");
    }

    /** The process of a part. */
    Process process(String part) {
        return part(part).process();
    }

    private StackPart part(String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }

    /** A session on one of the services' databases. */
    PgSession open(String database) {
        return client.open(stack.address("control", database), "fleet", Map.of());
    }

    /** Kills a part and starts it again; returns when it serves. */
    void restart(String part) throws InterruptedException {
        var known = part(part);
        known.process().destroyForcibly().waitFor();
        known.launch();
        known.awaitReady();
    }

    @Override
    public void close() {
        supervisor.close();
        client.close();
        try {
            FolderTrees.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
