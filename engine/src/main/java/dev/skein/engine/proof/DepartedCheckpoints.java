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
    private final ToldWords words = new ToldWords();

    /**
     * One entry.
     *
     * @param from the size that was gone on from
     * @param signed the size of the checkpoint that is not kept to
     */
    private record Told(long from, long signed, String words) {
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
            var one = read(envelope);
            told.add(one);
            words.add(index, one.words());
        }
    }

    private Told read(byte[] envelope) {
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
            return isOne ? new Told(from, old.size(), words(says, from, old)) : odd();
        } catch (SkeinException e) {
            return odd();
        }
    }

    /** It excuses nothing, and nobody can say what it means. */
    private static Told odd() {
        return new Told(0, 0, "what the log tells of itself there cannot be read");
    }

    private static String words(JsonNode says, long from, Checkpoint old) {
        return ("the log was restored on %s by %s (%s): entries %d to %d of the old log of %d"
                        + " are not proved by this one")
                .formatted(
                        ToldWords.plain(says.path("at")),
                        ToldWords.plain(says.path("actor")),
                        ToldWords.plain(says.path("payload").path("reason")),
                        from,
                        old.size() - 1,
                        old.size());
    }

    /** Whether a checkpoint of that size may be one that the log tells it does not keep to. */
    boolean isAbout(long size) {
        return told.stream().anyMatch(one -> one.isAbout(size));
    }

    /** Where the first is told that somebody does not know of yet; null where nothing is. */
    @Nullable String place(long known) {
        return words.place(known);
    }

    /** What is told there, and of how many more. */
    String found(long known) {
        return words.found(known);
    }
}
