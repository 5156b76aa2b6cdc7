// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.skein.audit.log.LogExport;
import dev.skein.audit.log.LogProofs;
import dev.skein.audit.log.LogReads;
import dev.skein.audit.log.LogSearch;
import dev.skein.audit.log.SignedCheckpoints;
import dev.skein.audit.log.TroubledHistories;
import dev.skein.audit.sign.CheckpointSigner;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The log, for whoever may see what the fleet does. */
@Path("/api/audit")
@RolesAllowed({"viewer", "auditor"})
public class AuditResource {
    private static final int MOST = 1000;
    private static final Pattern ROOT = Pattern.compile("[0-9a-f]{64}");

    private final LogReads reads;
    private final LogSearch search;
    private final TroubledHistories sources;
    private final SignedCheckpoints checkpoints;
    private final LogExport export;
    private final LogProofs proofs;
    private final CheckpointSigner signer;

    public AuditResource(
            LogReads reads,
            LogSearch search,
            TroubledHistories sources,
            SignedCheckpoints checkpoints,
            LogExport export,
            LogProofs proofs,
            CheckpointSigner signer) {
        this.reads = reads;
        this.search = search;
        this.sources = sources;
        this.checkpoints = checkpoints;
        this.export = export;
        this.proofs = proofs;
        this.signer = signer;
    }

    /**
     * An entry as shown.
     *
     * @param database whose it is, as site/name, as far as that is known
     * @param says what its envelope says
     * @param body SQL or error text, where it is one
     */
    public record Shown(
            long index,
            String source,
            @Nullable String database,
            long seq,
            JsonNode says,
            @Nullable String body) {
        private static JsonNode says(byte[] envelope) {
            try {
                return Json.read(envelope, JsonNode.class);
            } catch (SkeinException e) {
                return TextNode.valueOf(new String(envelope, StandardCharsets.UTF_8));
            }
        }

        static Shown of(LogSearch.Entry entry, Map<String, String> names, boolean whole) {
            var body = entry.body();
            return new Shown(
                    entry.index(),
                    entry.source(),
                    names.get(entry.uid()),
                    entry.seq(),
                    says(entry.envelope()),
                    whole && body != null ? new String(body, StandardCharsets.UTF_8) : null);
        }
    }

    /**
     * The last signed checkpoint, and whose signature it is.
     *
     * @param refused why nothing more is signed, and what to do; null while all is well
     */
    public record Head(
            String origin, String key, long size, String checkpoint, @Nullable String refused) {}

    /** What is not as it must be. */
    public record State(
            List<TroubledHistories.Broken> sources,
            List<TroubledHistories.Anomaly> anomalies,
            @Nullable String refused) {}

    @GET
    @Path("/entries")
    @RunOnVirtualThread
    public List<Shown> entries(
            @BeanParam RequestParameters asked,
            @QueryParam("below") @DefaultValue("9223372036854775807") long below,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw SkeinException.usage("Limit " + limit, "it is not from 1 to " + MOST, "");
        }
        return reads.call(tx -> shown(tx, search.newest(tx, asked.wanted(), below, limit), false));
    }

    private List<Shown> shown(Db.Tx tx, List<LogSearch.Entry> entries, boolean whole) {
        var uids = entries.stream().map(LogSearch.Entry::uid).distinct().toList();
        var names = search.names(tx, uids);
        return entries.stream().map(entry -> Shown.of(entry, names, whole)).toList();
    }

    @GET
    @Path("/entries/{index}")
    @RunOnVirtualThread
    public Shown entry(@PathParam("index") long index) {
        return reads.call(tx -> shown(tx, search.one(tx, index).stream().toList(), true)).stream()
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

    /** That an entry is in the log, in the tlog-proof format of C2SP, the entry being its extra. */
    @GET
    @Path("/entries/{index}/proof")
    @Produces(MediaType.TEXT_PLAIN)
    @RunOnVirtualThread
    public String proof(@PathParam("index") long index) {
        signer.now();
        return reads.call(tx -> proofs.entry(tx, index));
    }

    /**
     * That the log has only grown from a size, as C2SP's witnesses are told of it.
     *
     * @param root the tree's then, 64 digits; where it is given and another one, that is said
     */
    @GET
    @Path("/consistency")
    @Produces(MediaType.TEXT_PLAIN)
    @RunOnVirtualThread
    public String consistency(
            @QueryParam("from") @DefaultValue("-1") long from,
            @QueryParam("root") @Nullable String root) {
        var then = root == null ? null : root(root);
        signer.now();
        return reads.call(tx -> proofs.growth(tx, from, then));
    }

    private static byte[] root(String digits) {
        if (!ROOT.matcher(digits).matches()) {
            throw SkeinException.usage(
                    "Root", "it is not 64 hexadecimal digits", "Say a checkpoint's, or none");
        }
        return Digests.bytes(digits);
    }

    /** Histories that are not dense and chained, with what is known of it. */
    @GET
    @Path("/trouble")
    @RunOnVirtualThread
    public State trouble() {
        var found = reads.call(sources::trouble);
        return new State(found.sources(), found.anomalies(), signer.refusal().orElse(null));
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
            export.<java.io.IOException>write(
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
