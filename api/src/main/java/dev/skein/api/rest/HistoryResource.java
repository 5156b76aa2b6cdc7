// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.api.command.Roles;
import dev.skein.api.command.StreamResolution;
import dev.skein.api.store.EventStore;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.service.database.Db;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decisions about histories of the audit log, which keeps them and acts upon them. */
@Path("/api/histories")
public class HistoryResource {
    private static final Pattern SOURCE = Pattern.compile("[a-z]+(?:/[\\x21-\\x7e]{1,200})?");
    private static final int LONGEST = 1000;

    private final Db db;
    private final EventStore events;
    private final StreamResolution streams;
    private final SecurityIdentity identity;

    public HistoryResource(
            Db db, EventStore events, StreamResolution streams, SecurityIdentity identity) {
        this.db = db;
        this.events = events;
        this.streams = streams;
        this.identity = identity;
    }

    /**
     * What is decided.
     *
     * @param source the history, as {@code skein audit trouble} names it
     * @param at the number where it stands
     * @param to where a gap is stepped over: the first number behind it; 0 for a fork
     */
    public record Resolved(@Nullable String source, long at, long to, @Nullable String reason) {}

    /** The same, with what the control plane itself has of that history. */
    record Decided(
            String source,
            long at,
            long to,
            @Nullable String hash,
            long through,
            @Nullable String reason) {}

    /**
     * A history goes on that has a fork, or a gap that nothing fills: a journal as the log has it,
     * a stream of decisions as it is here.
     */
    @POST
    @Path("/resolve")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void resolve(@Nullable Resolved asked) {
        var source = asked == null ? null : asked.source();
        var reason = asked == null ? null : asked.reason();
        if (asked == null || source == null || !SOURCE.matcher(source).matches()) {
            throw SkeinException.usage(
                    "History", "none is named", "See which there are: skein audit trouble");
        }
        if (asked.at() < 1) {
            throw SkeinException.usage(
                    "History " + source, "no number says where it stands", "Send it");
        }
        if (asked.to() != 0 && asked.to() <= asked.at()) {
            throw SkeinException.usage(
                    "History " + source,
                    "the first number behind the gap is not behind its first number",
                    "See where it stands: skein audit trouble");
        }
        requireReason("History " + source, reason);
        var actor = identity.getPrincipal().getName();
        db.run(tx ->
                events.appendAlone(
                        tx,
                        "history/" + source,
                        "history.Resolved",
                        decided(tx, source, asked),
                        actor));
    }

    private Decided decided(Db.Tx tx, String source, Resolved asked) {
        var isFork = asked.to() == 0;
        var has =
                isFork
                        ? streams.goOn(tx, source, asked.at())
                        : new StreamResolution.Standing(null, 0);
        return new Decided(
                source, asked.at(), asked.to(), has.hash(), has.through(), asked.reason());
    }

    /**
     * What is decided of the log itself.
     *
     * @param note the checkpoint that it does not keep to, as {@code skein audit continue} saw it
     * @param from the size that it goes on from
     */
    public record Continued(@Nullable String note, long from, @Nullable String reason) {}

    /** The log goes on from an older copy of its database, and tells that it does. */
    @POST
    @Path("/continue")
    @RolesAllowed(Roles.OPERATOR)
    @RunOnVirtualThread
    public void proceed(@Nullable Continued asked) {
        var note = asked == null ? null : asked.note();
        if (asked == null || note == null || note.length() > LONGEST) {
            throw SkeinException.usage(
                    "The log", "no checkpoint says what it lacks", "See: skein audit continue");
        }
        if (asked.from() < 0 || asked.from() >= Checkpoint.read(note).size()) {
            throw SkeinException.usage(
                    "The log",
                    "what it goes on from is not older than the checkpoint",
                    "See: skein audit continue");
        }
        requireReason("The log", asked.reason());
        var actor = identity.getPrincipal().getName();
        db.run(tx -> events.appendAlone(tx, "history/log", "history.Continued", asked, actor));
    }

    private static void requireReason(String subject, @Nullable String reason) {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
            throw SkeinException.usage(
                    subject,
                    "there is no reason given, or one longer than " + LONGEST + " characters",
                    "Give one");
        }
    }
}
