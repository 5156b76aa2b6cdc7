// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.ask;

import dev.skein.agent.daemon.bundle.BundleCache;
import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.RehearsalEvidence;
import dev.skein.engine.event.Request;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.BriefSessions;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.rehearse.Rehearsal;
import dev.skein.engine.rehearse.RehearsalOrigin;
import dev.skein.engine.rehearse.RevisionReplay;
import dev.skein.engine.sample.RowSample;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.server.PostgresPrograms;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What is tried on a scratch server of this machine, which is started for it and is gone with it.
 */
@ApplicationScoped
public class ScratchTryouts {
    private static final Duration STATEMENT = Duration.ofMinutes(2);

    private final AgentConfig config;
    private final BundleCache bundles;
    private final PgClient client;

    public ScratchTryouts(AgentConfig config, BundleCache bundles, Vertx vertx) {
        this.config = config;
        this.bundles = bundles;
        this.client = PgClient.on(vertx);
    }

    /**
     * Tries something.
     *
     * @param major the version that the server must have: others print catalogs otherwise
     * @throws SkeinException where this machine has no such server
     */
    <T> T with(int major, Function<ScratchServer, T> work) {
        var programs =
                PostgresPrograms.installed().stream()
                        .filter(p -> p.major() == major)
                        .findFirst()
                        .orElseThrow(() ->
                                SkeinException.failed(
                                        "Scratch server",
                                        "this agent's machine has no PostgreSQL " + major,
                                        "Install postgresql-" + major));
        try (var server = ScratchServer.start(client, programs)) {
            return work.apply(server);
        }
    }

    /** Rehearses revisions on a copy of a database as it is, with some of its rows if so set. */
    RehearsalEvidence rehearse(ServerDatabase place, Request.Rehearse ask) {
        var scripts = scripts(ask.bundle());
        return with(place.serverMajor(), server -> rehearse(place, ask, scripts, server));
    }

    private RehearsalEvidence rehearse(
            ServerDatabase place, Request.Rehearse ask, Scripts scripts, ScratchServer server) {
        try (var copy = server.database();
                var source =
                        client.open(place.address(), "skein rehearsal", BriefSessions.SETTINGS)) {
            var heads = heads(source);
            var applied = scripts.graph().closure(heads);
            refuseApplied(place, applied, ask.path());
            new RevisionReplay(scripts, STATEMENT).likeness(copy, source, heads);
            var origin = RehearsalOrigin.of(copy, applied, rows(source, copy) > 0);
            try (var rehearsal = new Rehearsal(origin, scripts, STATEMENT)) {
                return new RehearsalEvidence(server.major(), rehearsal.run(ask.path(), each -> {}));
            }
        }
    }

    private static List<String> heads(PgSession source) {
        var journal = new Journal(source, "");
        return journal.exists() ? journal.read().map(s -> s.heads()).orElse(List.of()) : List.of();
    }

    private long rows(PgSession source, ScratchDatabase copy) {
        return config.rehearseRows() == 0 ? 0 : RowSample.take(source, copy, config.rehearseRows());
    }

    private static void refuseApplied(
            ServerDatabase place, Set<String> applied, List<String> path) {
        if (path.stream().anyMatch(applied::contains)) {
            throw SkeinException.failed(
                    "Database " + place.name(),
                    "it was migrated before the rehearsal could begin",
                    "");
        }
    }

    private Scripts scripts(String bundle) {
        try {
            return bundles.get(bundle, config.patience());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, "Rehearsal", "interrupted", "", e);
        }
    }
}
