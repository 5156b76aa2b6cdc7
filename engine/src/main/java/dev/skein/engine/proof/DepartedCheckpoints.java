// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log itself tells of checkpoints that it does not keep to: its database was an older copy,
 * and somebody decided that it goes on. From there on it is another tree, under the same name and
 * key.
 */
public final class DepartedCheckpoints {
    /** The history of the log that tells it; only the log's own service writes there. */
    public static final String STREAM = "log/continued";

    /** The type of its entries. */
    public static final String TYPE = "log.Continued";

    private final NoteKey key;
    private final List<Told> told = new ArrayList<>();

    /**
     * One entry.
     *
     * @param index its own
     * @param from the size that was gone on from
     * @param signed the size of the checkpoint that is not kept to
     */
    private record Told(long index, long from, long signed, String words) {
        boolean isAbout(long size) {
            return from < size && size <= signed;
        }
    }

    DepartedCheckpoints(NoteKey key) {
        this.key = key;
    }

    /** Takes note of an entry. */
    void hear(long index, String source, byte[] envelope) {
        if (source.equals(STREAM)) {
            told.add(read(index, envelope));
        }
    }

    private Told read(long index, byte[] envelope) {
        try {
            var says = Json.read(envelope, JsonNode.class);
            var payload = says.path("payload");
            var note = payload.path("note").asText();
            var old = Checkpoint.read(note);
            long from = payload.path("from").asLong(-1);
            var isOne =
                    says.path("type").asText().equals(TYPE)
                            && Checkpoint.isSigned(note, key).orElse(false)
                            && from >= 0
                            && from < old.size();
            return isOne ? new Told(index, from, old.size(), words(says, from, old)) : odd(index);
        } catch (SkeinException e) {
            return odd(index);
        }
    }

    /** It excuses nothing, and nobody can say what it means. */
    private static Told odd(long index) {
        return new Told(index, 0, 0, "what the log tells of itself there cannot be read");
    }

    private static String words(JsonNode says, long from, Checkpoint old) {
        return ("the log was restored on %s by %s (%s): entries %d to %d of the old log of %d"
                        + " are not proved by this one")
                .formatted(
                        plain(says.path("at")),
                        plain(says.path("actor")),
                        plain(says.path("payload").path("reason")),
                        from,
                        old.size() - 1,
                        old.size());
    }

    /** On a line of its own nobody's text says anything in the verifier's name. */
    private static String plain(JsonNode text) {
        return text.asText().replaceAll("\\p{Cc}", " ");
    }

    /** Whether a checkpoint of that size may be one that the log tells it does not keep to. */
    boolean isAbout(long size) {
        return told.stream().anyMatch(one -> one.isAbout(size));
    }

    /**
     * The first one that somebody does not know of yet.
     *
     * @param known the size of a checkpoint of this log that is trusted; what it covers is known
     */
    private @Nullable Told first(long known) {
        return told.stream().filter(one -> one.index() >= known).findFirst().orElse(null);
    }

    /** Where it is told; null where nothing is. */
    @Nullable String place(long known) {
        var first = first(known);
        return first == null ? null : "entry " + first.index();
    }

    /** What is told there, and of how many more. */
    String found(long known) {
        var first = first(known);
        long more = told.stream().filter(one -> one.index() >= known).count() - 1;
        var words = first == null ? "" : first.words();
        return more < 1 ? words : words + "; and so " + more + " more times";
    }
}
