// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.skein.engine.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of an exported log. The first one is a heading, the last one an end; between them stand
 * entries in the order of the log and signed checkpoints. In an export of the whole log, a
 * checkpoint stands behind the last entry that it covers; in a part of it, one checkpoint stands
 * first, and every entry has its proof.
 *
 * @param skeinLog the version of the format: this line is a heading
 * @param origin the log's name
 * @param whole whether every entry is there
 * @param about what a part was chosen by
 * @param checkpoint a signed note: this line is a checkpoint
 * @param end how many lines came before: this line is the end
 * @param index of an entry, from 0: this line is one
 * @param source whose history the entry belongs to
 * @param seq its number there, from 1
 * @param envelope the entry's bytes
 * @param prev the hash of the entry before it in its history
 * @param salt of the body, where there is one
 * @param body SQL or error text
 * @param proof hashes from the entry to the root
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "skeinLog",
    "origin",
    "whole",
    "about",
    "checkpoint",
    "end",
    "index",
    "source",
    "seq",
    "envelope",
    "prev",
    "salt",
    "body",
    "proof"
})
@SuppressWarnings("ArrayRecordComponent")
public record ExportLine(
        @Nullable Integer skeinLog,
        @Nullable String origin,
        @Nullable Boolean whole,
        @Nullable String about,
        @Nullable String checkpoint,
        @Nullable Long end,
        @Nullable Long index,
        @Nullable String source,
        @Nullable Long seq,
        byte @Nullable [] envelope,
        byte @Nullable [] prev,
        byte @Nullable [] salt,
        byte @Nullable [] body,
        @Nullable List<byte[]> proof) {
    /** The version that is written. */
    public static final int FORMAT = 1;

    /** The first line. */
    public static ExportLine heading(String origin, boolean whole, @Nullable String about) {
        return new ExportLine(
                FORMAT, origin, whole, about, null, null, null, null, null, null, null, null, null,
                null);
    }

    /** A signed checkpoint. */
    public static ExportLine note(String checkpoint) {
        return new ExportLine(
                null,
                null,
                null,
                null,
                checkpoint,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The last line. */
    public static ExportLine theEnd(long lines) {
        return new ExportLine(
                null, null, null, null, null, lines, null, null, null, null, null, null, null,
                null);
    }

    /** An entry. */
    public static ExportLine entry(
            long index,
            String source,
            long seq,
            byte[] envelope,
            byte[] prev,
            byte @Nullable [] salt,
            byte @Nullable [] body,
            @Nullable List<byte[]> proof) {
        return new ExportLine(
                null, null, null, null, null, null, index, source, seq, envelope, prev, salt, body,
                proof);
    }

    /** Whether it says what lines of its kind say, and nothing else. */
    boolean isOneKind() {
        if (skeinLog != null) {
            var own = heading(String.valueOf(origin), Boolean.TRUE.equals(whole), about);
            return skeinLog == FORMAT && own.text().equals(text());
        }
        if (checkpoint != null) {
            return note(checkpoint).text().equals(text());
        }
        return end == null || theEnd(end).text().equals(text());
    }

    /** As it stands in the file, without the line's end. */
    public String text() {
        return Json.text(this);
    }
}
