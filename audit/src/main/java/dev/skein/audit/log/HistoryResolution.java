// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.audit.log.OwnEntries.Own;
import dev.skein.engine.Digests;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.ResolvedHistories;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's decision that a history goes on which has a fork, or a gap that nothing fills.
 *
 * <p>A journal with a fork goes on as the log has it; its database begins anew where it has the
 * other entries. A stream of decisions goes on as the control plane has it, which may be behind
 * another entry than the log's last one: its database was an older copy and decided again. A gap is
 * stepped over. Where the history is not dense and chained any more, an entry of the log's own says
 * so before it goes on, and whoever verifies reads it.
 */
@ApplicationScoped
public class HistoryResolution {
    private static final int KEPT = 16;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final AuditLog log;
    private final OwnEntries own;

    public HistoryResolution(AuditLog log, OwnEntries own) {
        this.log = log;
        this.own = own;
    }

    /**
     * What somebody decided.
     *
     * @param at the number that is expected next, as they saw it
     * @param to where a gap is stepped over: the first number behind it; 0 for a fork
     * @param hash of the entry behind which the control plane goes on; null where it has none
     * @param through the last number that the control plane has; 0 where it has none
     */
    public record Decided(
            @Nullable String source,
            long at,
            long to,
            @Nullable String hash,
            long through,
            @Nullable String reason) {}

    /**
     * The same as the log tells it.
     *
     * @param others from which number on others were refused, which the log does not have; the one
     *     at which it goes on where none was
     */
    private record Told(
            String source, long missing, long at, long others, String behind, String reason) {}

    /** Who decided, and when. */
    public record By(String actor, Instant at) {}

    /**
     * Lets it go on.
     *
     * @param reader reads a parked record again
     * @param each hears of every entry that comes into the log by that
     * @throws SkeinException where it does not stand as whoever decided saw it
     */
    public void take(
            Db.Tx tx,
            String source,
            Decided decided,
            By by,
            Function<byte[], ReceivedEntry> reader,
            Consumer<ReceivedEntry> each) {
        var state =
                HistoryStates.lock(tx, source)
                        .filter(s -> s.nextSeq() == decided.at())
                        .orElseThrow(() -> notSo(source, decided));
        switch (state.state()) {
            case FORK -> joined(tx, state, decided, by);
            case GAP -> steppedOver(tx, state, decided, by, reader, each);
            case LIVE -> throw notSo(source, decided);
        }
    }

    private void joined(Db.Tx tx, HistoryState state, Decided decided, By by) {
        if (decided.to() > 0) {
            throw notSo(state.id(), decided);
        }
        var behind = behind(state, decided);
        var on = state.goingOn(state.nextSeq(), behind, AuditLog.firstRefused(tx, state));
        if (!Arrays.equals(behind, state.lastHash())) {
            AuditLog.noteParked(tx, state.id(), KEPT);
            ParkedEntries.deleteAll(tx, state.id());
            tell(tx, on, state.nextSeq(), decided, by);
        }
        HistoryStates.resume(tx, on, decided.through());
    }

    private static byte[] behind(HistoryState state, Decided decided) {
        var hash = decided.hash();
        if (hash == null || state.id().startsWith("db/")) {
            return state.lastHash();
        }
        if (!HASH.matcher(hash).matches()) {
            throw SkeinException.usage("History " + state.id(), hash + " is no hash", "");
        }
        return Digests.bytes(hash);
    }

    private void steppedOver(
            Db.Tx tx,
            HistoryState state,
            Decided decided,
            By by,
            Function<byte[], ReceivedEntry> reader,
            Consumer<ReceivedEntry> each) {
        var first =
                ParkedEntries.heads(tx, List.of(state), reader).stream()
                        .filter(one -> one.seq() == decided.to())
                        .findFirst()
                        .orElseThrow(() -> notSo(state.id(), decided));
        var on = state.goingOn(first.seq(), first.prevHash(), first.seq());
        tell(tx, on, state.nextSeq(), decided, by);
        HistoryStates.resume(tx, on, 0);
        log.append(tx, List.of(first), reader, each);
    }

    private void tell(Db.Tx tx, HistoryState on, long missing, Decided decided, By by) {
        var reason = decided.reason() == null ? "" : decided.reason();
        var behind = Digests.hex(on.lastHash());
        var told = new Told(on.id(), missing, on.nextSeq(), on.disputed(), behind, reason);
        var type = ResolvedHistories.TYPE;
        own.append(tx, List.of(Own.ofSource(on.id(), type, Json.text(told), by.actor(), by.at())));
    }

    private static SkeinException notSo(String source, Decided decided) {
        return new SkeinException(
                ErrorCode.DIFFERS,
                "History " + source,
                decided.to() > 0
                        ? "it has no gap from %d to %d".formatted(decided.at(), decided.to() - 1)
                        : "it has no fork at " + decided.at(),
                "See where it stands: skein audit trouble");
    }
}
