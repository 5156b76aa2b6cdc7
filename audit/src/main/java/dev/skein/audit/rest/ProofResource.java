// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import dev.skein.audit.log.LogProofs;
import dev.skein.audit.log.LogReads;
import dev.skein.audit.sign.CheckpointSigner;
import dev.skein.engine.Digests;
import dev.skein.engine.SkeinException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Proofs of what the log holds, for whoever may see what the fleet does. */
@Path("/api/audit")
@RolesAllowed({"viewer", "auditor"})
public class ProofResource {
    private static final Pattern ROOT = Pattern.compile("[0-9a-f]{64}");

    private final LogReads reads;
    private final LogProofs proofs;
    private final CheckpointSigner signer;

    public ProofResource(LogReads reads, LogProofs proofs, CheckpointSigner signer) {
        this.reads = reads;
        this.proofs = proofs;
        this.signer = signer;
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
}
