// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.ask;

import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.agent.daemon.relay.DatabaseReporter;
import dev.skein.agent.daemon.relay.JournalRelay;
import dev.skein.agent.daemon.run.SiteBackups;
import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.Backup;
import dev.skein.engine.backup.RestoreTrial;
import dev.skein.engine.backup.RollbackLosses;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.engine.postgres.BriefSessions;
import dev.skein.engine.postgres.PgClient;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what is asked. */
@ApplicationScoped
public class RequestAnswers {
    private final DatabaseInventory inventory;
    private final JournalRelay relay;
    private final DatabaseReporter reporter;
    private final SiteBackups backups;
    private final ScratchTryouts tryouts;
    private final PgClient client;

    public RequestAnswers(
            DatabaseInventory inventory,
            JournalRelay relay,
            DatabaseReporter reporter,
            SiteBackups backups,
            ScratchTryouts tryouts,
            Vertx vertx) {
        this.inventory = inventory;
        this.relay = relay;
        this.reporter = reporter;
        this.backups = backups;
        this.tryouts = tryouts;
        this.client = PgClient.on(vertx);
    }

    /**
     * Answers.
     *
     * @return nothing where what is done is the answer
     * @throws SkeinException where it cannot be found out
     */
    Reply.@Nullable Told to(Request request) {
        return switch (request.ask()) {
            case Request.Resend resend -> resend(request, resend);
            case Request.Scan scan -> scan(request);
            case Request.Rehearse rehearse ->
                    new Reply.Rehearsed(tryouts.rehearse(place(request), rehearse));
            case Request.Estimate estimate -> estimate(request, estimate);
            case Request.TryBackup trial -> trial(request, trial);
        };
    }

    private Reply.@Nullable Told resend(Request request, Request.Resend resend) {
        relay.resend(place(request), resend.from());
        return null;
    }

    private Reply.@Nullable Told scan(Request request) {
        reporter.report(inventory.look(place(request)), null);
        return null;
    }

    private ServerDatabase place(Request request) {
        return inventory
                .findAnew(request.uid())
                .orElseThrow(() ->
                        SkeinException.failed(
                                "Database " + request.uid(), "it is not at this site", ""))
                .place();
    }

    private Reply.Told estimate(Request request, Request.Estimate ask) {
        try (var session =
                client.open(place(request).address(), "skein estimate", BriefSessions.SETTINGS)) {
            var found =
                    ask.backup().isEmpty()
                            ? RollbackLosses.dropped(session, ask.dropped())
                            : RollbackLosses.since(session, backup(request.uid(), ask.backup()));
            return new Reply.Estimated(
                    found.stream()
                            .map(l -> new Reply.Loss(l.subject(), l.rows(), l.exact()))
                            .toList());
        }
    }

    private Backup backup(String uid, String sha256) {
        return backups.folder()
                .find(uid, sha256)
                .orElseThrow(() ->
                        SkeinException.failed(
                                "Backup " + sha256, "it is not in this site's folder", ""));
    }

    private Reply.Told trial(Request request, Request.TryBackup ask) {
        var backup = backup(request.uid(), ask.sha256());
        List<String> wrong =
                tryouts.with(
                        backup.serverMajor(),
                        server -> RestoreTrial.run(server, backups.folder(), backup));
        return new Reply.Tried(ask.sha256(), wrong);
    }
}
