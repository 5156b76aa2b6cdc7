// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import dev.skein.audit.log.LogExport;
import dev.skein.audit.log.LogProofs;
import dev.skein.audit.log.LogReads;
import dev.skein.audit.log.LogSearch;
import dev.skein.audit.log.SignedCheckpoints;
import dev.skein.audit.log.TroubledHistories;
import dev.skein.audit.sign.CheckpointSigner;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.TopicNotice;
import dev.skein.service.kafka.TopicNotices;
import dev.skein.service.page.ListPage;
import dev.skein.service.rest.PageAnswer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The log, for whoever may see what the fleet does. */
@Path("/api/audit")
@RolesAllowed({"viewer", "auditor"})
public class AuditResource {
    private static final int MOST = 1000;

    private final LogReads reads;
    private final LogSearch search;
    private final TroubledHistories sources;
    private final SignedCheckpoints checkpoints;
    private final LogExport export;
    private final CheckpointSigner signer;

    public AuditResource(
            LogReads reads,
            LogSearch search,
            TroubledHistories sources,
            SignedCheckpoints checkpoints,
            LogExport export,
            CheckpointSigner signer) {
        this.reads = reads;
        this.search = search;
        this.sources = sources;
        this.checkpoints = checkpoints;
        this.export = export;
        this.signer = signer;
    }

    /**
     * The last signed checkpoint, and whose signature it is.
     *
     * @param refused why nothing more is signed, and what to do; null while all is well
     */
    public record Head(
            String origin, String key, long size, String checkpoint, @Nullable String refused) {}

    /**
     * What is not as it must be.
     *
     * @param topics of which nothing is read, and what to do
     */
    public record State(
            List<TroubledHistories.Broken> sources,
            List<TroubledHistories.Anomaly> anomalies,
            @Nullable String refused,
            List<String> topics) {}

    @GET
    @Path("/entries")
    @RunOnVirtualThread
    public RestResponse<List<ShownEntry>> entries(
            @BeanParam RequestParameters asked,
            @QueryParam("below") @DefaultValue("9223372036854775807") long below,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @Context UriInfo uri) {
        if (limit < 1 || limit > MOST) {
            throw SkeinException.usage("Limit " + limit, "it is not from 1 to " + MOST, "");
        }
        var found =
                reads.call(tx ->
                        shown(tx, search.newest(tx, asked.wanted(), below, limit + 1), false));
        return PageAnswer.of(page(found, limit), "below", uri);
    }

    /** One more was read than is shown: there is a page behind it. */
    private static ListPage<ShownEntry> page(List<ShownEntry> found, int limit) {
        return found.size() <= limit
                ? new ListPage<>(found, null)
                : new ListPage<>(
                        found.subList(0, limit), String.valueOf(found.get(limit - 1).index()));
    }

    private List<ShownEntry> shown(Db.Tx tx, List<LogSearch.Entry> entries, boolean whole) {
        var uids = entries.stream().map(LogSearch.Entry::uid).distinct().toList();
        var names = search.names(tx, uids);
        return entries.stream().map(entry -> ShownEntry.of(entry, names, whole)).toList();
    }

    @GET
    @Path("/entries/{index}")
    @RunOnVirtualThread
    public ShownEntry entry(@PathParam("index") long index) {
        return reads.call(tx -> shown(tx, search.at(tx, index).stream().toList(), true)).stream()
                .findFirst()
                .orElseThrow(() -> LogProofs.none(index));
    }

    @GET
    @Path("/head")
    @RunOnVirtualThread
    public Head head() {
        signer.now();
        var last = reads.call(checkpoints::last);
        return new Head(
                checkpoints.origin(),
                checkpoints.verifier().text(),
                last.map(SignedCheckpoints.Signed::size).orElse(0L),
                last.map(SignedCheckpoints.Signed::note).orElse(""),
                signer.refusal().orElse(null));
    }

    /** Histories that are not dense and chained, with what is known of it. */
    @GET
    @Path("/trouble")
    @RunOnVirtualThread
    public State trouble() {
        var found = reads.call(sources::trouble);
        var topics = reads.call(AuditResource::unread);
        return new State(found.sources(), found.anomalies(), signer.refusal().orElse(null), topics);
    }

    private static List<String> unread(Db.Tx tx) {
        return TopicNotices.open(tx).stream()
                .filter(notice -> notice.kind() == TopicNotice.OTHER_CLUSTER)
                .map(n -> "%s: %s. %s".formatted(n.topic(), n.found(), n.remedy()))
                .toList();
    }

    @GET
    @Path("/export")
    @Produces("application/jsonl")
    @RunOnVirtualThread
    public StreamingOutput export(@BeanParam RequestParameters asked) {
        signer.now();
        var wanted = asked.wanted();
        return out -> {
            var writer =
                    new BufferedWriter(
                            new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
            export.<IOException>write(
                    wanted,
                    asked.inWords(),
                    line -> {
                        writer.write(line);
                        writer.write('\n');
                    });
            writer.flush();
        };
    }
}
