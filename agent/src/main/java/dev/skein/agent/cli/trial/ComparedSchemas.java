// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.agent.cli.place.ProjectOptions;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.rehearse.RevisionReplay;
import dev.skein.engine.revision.Resolver;
import dev.skein.engine.scratch.ScratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What two schemas are compared from: databases, SQL, revisions. */
final class ComparedSchemas implements AutoCloseable {
    private final ProjectOptions options;
    private final ScratchAccess scratch;
    private final Output out;
    private final PgClient client = CommandClient.take();
    private @Nullable ScratchServer server;

    ComparedSchemas(ProjectOptions options, ScratchAccess scratch, Output out) {
        this.out = out;
        this.options = options;
        this.scratch = scratch;
    }

    Catalog read(String name) {
        int colon = name.indexOf(':');
        var word = colon < 0 ? "" : name.substring(0, colon);
        var rest = name.substring(colon + 1);
        return switch (word) {
            case "database" -> database(rest);
            case "schema" -> schema(new DesiredSchema(Path.of(rest), null));
            case "entities" ->
                    schema(
                            new DesiredSchema(
                                    null, DesiredSchema.entities(rest, options.project())));
            case "revision" -> revision(rest);
            default -> guess(name);
        };
    }

    private Catalog guess(String name) {
        if (name.startsWith("postgres") && name.contains("://")) {
            return database(name);
        }
        var project = options.project();
        if (project != null && project.databases().containsKey(name)) {
            return database(name);
        }
        return Files.exists(Path.of(name))
                ? schema(new DesiredSchema(Path.of(name), null))
                : revision(name);
    }

    private Catalog database(String name) {
        try (var session = PlaceSession.open(client, options.called(name))) {
            return CatalogReader.readWithNeeds(session);
        }
    }

    Catalog schema(DesiredSchema desired) {
        try (var database = server().database()) {
            desired.load(database, scratch.bound());
            return RevisionReplay.readWithNeeds(database);
        }
    }

    private Catalog revision(String target) {
        var scripts = options.scripts();
        var ids = new Resolver(scripts.graph(), Set.of()).resolve(target);
        try (var database = server().database()) {
            new RevisionReplay(scripts, scratch.bound()).up(database, ids);
            return RevisionReplay.readWithNeeds(database);
        }
    }

    private ScratchServer server() {
        var running = server;
        if (running == null) {
            running = scratch.start(client, options.project(), out);
            server = running;
        }
        return running;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        client.close();
    }
}
