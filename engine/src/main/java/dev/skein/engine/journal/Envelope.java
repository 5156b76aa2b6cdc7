// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says, without anything that may have to be erased. Its bytes are hashed as sent and
 * stored as received; fields are only ever added.
 *
 * @param uid the database
 * @param seq dense, from 1
 * @param heads the heads after it, sorted
 * @param generation the directive that asked for it
 * @param at when, as ISO-8601 in UTC
 * @param bodyHash SHA-256 over salt and body, hexadecimal
 * @param millis how long it took, in milliseconds, where it describes something finished
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"v", "uid", "incarnation", "seq", "kind"})
public record Envelope(
        int v,
        String uid,
        String incarnation,
        long seq,
        EntryKind kind,
        List<String> heads,
        String actor,
        String at,
        String bodyHash,
        @Nullable String revision,
        @Nullable String checksum,
        @Nullable String rollout,
        @Nullable Long generation,
        @Nullable Integer statement,
        @Nullable String outcome,
        @Nullable String fingerprint,
        @Nullable Long millis,
        @Nullable String sqlState,
        @Nullable String signature) {

    public Envelope {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(bodyHash, "bodyHash");
        heads = List.copyOf(heads);
    }

    /** The version of this record. */
    public static final int VERSION = 1;

    /** The last entry of a history that brought a head; nothing where none did. */
    public static Optional<Envelope> thatBrought(String head, List<Envelope> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            var before = i == 0 ? List.<String>of() : history.get(i - 1).heads();
            if (history.get(i).heads().contains(head) && !before.contains(head)) {
                return Optional.of(history.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether it tells of a schema of which nobody knows how it had to be: that is no one's word.
     */
    public boolean tellsOfUnknown() {
        return kind == EntryKind.ADOPTED
                && Objects.equals(EntryBody.Adoption.UNKNOWN.outcome(), outcome);
    }

    /** Whether an envelope begins the history of a copy, which goes on from another database's. */
    public static boolean isOfClone(byte[] envelope) {
        try {
            var says = Json.read(envelope, JsonNode.class);
            return says.path("kind").asText().equals(EntryKind.ADOPTED.wire())
                    && says.path("outcome").asText().equals(EntryBody.Adoption.CLONE.outcome());
        } catch (SkeinException e) {
            return false; // no entry of a journal
        }
    }

    public byte[] bytes() {
        return Json.bytes(this);
    }

    public static Envelope parse(byte[] bytes) {
        return Json.read(bytes, Envelope.class);
    }
}
