// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.proof.Verdict.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class LogVerifierTest {
    private static final String ORIGIN = "example/log";
    private static final NoteKey.Pair KEY = NoteKey.create("example");
    private static final int ENTRIES = 120;

    @SuppressWarnings("ArrayRecordComponent")
    private record Made(
            long index,
            String source,
            long seq,
            byte[] envelope,
            byte[] prev,
            byte @Nullable [] salt,
            byte @Nullable [] body) {
        String line(byte[] says, @Nullable List<byte[]> proof) {
            return ExportLine.entry(index, source, seq, says, prev, salt, body, proof).text();
        }
    }

    private final List<Made> entries = new ArrayList<>();
    private final List<byte[]> roots = new ArrayList<>(List.of(new byte[32]));

    LogVerifierTest() {
        var random = new Random(7);
        var frontier = new MerkleFrontier();
        var last = new HashMap<String, byte[]>();
        var counts = new HashMap<String, Long>();
        for (int i = 0; i < ENTRIES; i++) {
            var line = entry(i, random.nextInt(6), last, counts, random);
            entries.add(line);
            frontier.append(line.envelope());
            roots.add(frontier.root());
        }
    }

    private static Made entry(
            int index, int n, Map<String, byte[]> last, Map<String, Long> counts, Random random) {
        var decision = n == 0;
        var source = decision ? "rollout/r" : "db/u" + n + "/i";
        long seq = counts.merge(source, 1L, Long::sum);
        var prev = last.getOrDefault(source, new byte[32]);
        var salt = new byte[16];
        random.nextBytes(salt);
        var body = ("ALTER TABLE t" + index).getBytes(StandardCharsets.UTF_8);
        var says = new java.util.TreeMap<String, Object>(Map.of("v", 1, "seq", seq));
        if (decision) {
            says.put("stream", source);
        } else {
            says.putAll(Map.of("uid", "u" + n, "incarnation", "i"));
            says.put("bodyHash", Digests.hex(Digests.sha256(salt, body)));
        }
        var envelope = Json.bytes(says);
        last.put(source, Digests.sha256(prev, envelope));
        return new Made(
                index, source, seq, envelope, prev, decision ? null : salt, decision ? null : body);
    }

    private String note(int size, NoteKey.Pair key) {
        return new Checkpoint(ORIGIN, size, roots.get(size)).signed(key);
    }

    private List<String> whole() {
        var lines = new ArrayList<String>();
        lines.add(ExportLine.heading(ORIGIN, true, null).text());
        for (int i = 0; i < ENTRIES; i++) {
            lines.add(entries.get(i).line(entries.get(i).envelope(), null));
            if ((i + 1) % 40 == 0) {
                lines.add(ExportLine.note(note(i + 1, KEY)).text());
            }
        }
        lines.add(ExportLine.theEnd(lines.size()).text());
        return lines;
    }

    private byte[] node(int level, long index) {
        return level == 0
                ? MerkleFrontier.leaf(entries.get((int) index).envelope())
                : MerkleFrontier.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }

    /** The entries of one history, each with its proof. */
    private List<String> part(String source) {
        var lines = new ArrayList<String>();
        lines.add(ExportLine.heading(ORIGIN, false, source).text());
        lines.add(ExportLine.note(note(ENTRIES, KEY)).text());
        for (var e : entries) {
            if (source.equals(e.source())) {
                var proof = MerkleProofs.inclusion(this::node, e.index(), ENTRIES);
                lines.add(e.line(e.envelope(), proof));
            }
        }
        lines.add(ExportLine.theEnd(lines.size()).text());
        return lines;
    }

    private static Verdict verify(String text, @Nullable Checkpoint trusted) {
        return verify(text.getBytes(StandardCharsets.UTF_8), trusted);
    }

    private static Verdict verify(byte[] text, @Nullable Checkpoint trusted) {
        try {
            return new LogVerifier(KEY.verifier(), trusted)
                    .verify(new ByteArrayInputStream(text), n -> {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Verdict verify(List<String> lines) {
        return verify(String.join("\n", lines) + "\n", null);
    }

    @Test
    void whatNobodyTouchedIsIntact() {
        assertThat(verify(whole())).isEqualTo(new Verdict(Status.INTACT, ENTRIES, ENTRIES, "", ""));
        var part = verify(part("db/u1/i"));
        assertThat(part.status()).isEqualTo(Status.INTACT);
        assertThat(part.entries()).isPositive();
    }

    /** A history with a backup, and one that goes on from before it as another incarnation. */
    private static List<String> restored(String kind, int from, boolean genuine) {
        var frontier = new MerkleFrontier();
        var lines = new ArrayList<String>();
        lines.add(ExportLine.heading(ORIGIN, true, null).text());
        var hashes = new ArrayList<>(List.of(new byte[32]));
        var kinds = List.of("initialized", "applied", "backed_up", "applied");
        for (int i = 0; i < kinds.size(); i++) {
            var says = says("one", i + 1, kinds.get(i));
            lines.add(line(i, "one", i + 1, says, hashes.get(i)));
            frontier.append(says);
            hashes.add(Digests.sha256(hashes.get(i), says));
        }
        var says = says("two", from + 1, kind);
        lines.add(line(4, "two", from + 1, says, genuine ? hashes.get(from) : new byte[32]));
        frontier.append(says);
        lines.add(ExportLine.note(new Checkpoint(ORIGIN, 5, frontier.root()).signed(KEY)).text());
        lines.add(ExportLine.theEnd(lines.size()).text());
        return lines;
    }

    private static byte[] says(String incarnation, long seq, String kind) {
        var body = Digests.hex(Digests.sha256(new byte[16], new byte[0]));
        return Json.bytes(
                new java.util.TreeMap<String, Object>(
                        Map.of(
                                "v",
                                1,
                                "seq",
                                seq,
                                "uid",
                                "u",
                                "incarnation",
                                incarnation,
                                "kind",
                                kind,
                                "heads",
                                List.of(),
                                "actor",
                                "a",
                                "at",
                                "t",
                                "bodyHash",
                                body)));
    }

    private static String line(int index, String incarnation, long seq, byte[] says, byte[] prev) {
        return ExportLine.entry(
                        index,
                        "db/u/" + incarnation,
                        seq,
                        says,
                        prev,
                        new byte[16],
                        new byte[0],
                        null)
                .text();
    }

    @Test
    void aRestoredHistoryGoesOnFromItsBackupAndFromNothingElse() {
        assertThat(verify(restored("restored", 2, true)).status()).isEqualTo(Status.INTACT);
        assertThat(verify(restored("adopted", 1, true)).status()).isEqualTo(Status.INTACT);
        assertThat(verify(restored("restored", 1, true)).status()).isEqualTo(Status.TAMPERED);
        assertThat(verify(restored("restored", 2, false)).status()).isEqualTo(Status.TAMPERED);
        assertThat(verify(restored("applied", 2, true)).status()).isEqualTo(Status.TAMPERED);
    }

    @Test
    void aCopysHistoryBeginsWhereItBecameADatabaseOfItsOwn() {
        assertThat(verify(alone("adopted\",\"outcome\":\"clone")).status())
                .isEqualTo(Status.INTACT);
        assertThat(verify(alone("adopted")).status()).isEqualTo(Status.TAMPERED);
    }

    /** A log whose only history does not begin with its first entry. */
    private static List<String> alone(String kind) {
        var text = new String(says("one", 5, "kind"), StandardCharsets.UTF_8);
        var says =
                text.replace("\"kind\":\"kind\"", "\"kind\":\"" + kind + "\"")
                        .getBytes(StandardCharsets.UTF_8);
        var frontier = new MerkleFrontier();
        frontier.append(says);
        return List.of(
                ExportLine.heading(ORIGIN, true, null).text(),
                line(0, "one", 5, says, Digests.sha256(new byte[1])),
                ExportLine.note(new Checkpoint(ORIGIN, 1, frontier.root()).signed(KEY)).text(),
                ExportLine.theEnd(3).text());
    }

    @Test
    void aThousandCorruptionsAreAllFound() {
        var random = new Random(42);
        var good = String.join("\n", whole()) + "\n";
        var goodPart = String.join("\n", part("db/u1/i")) + "\n";
        int found = 0;
        for (int i = 0; i < 1000; i++) {
            var bad = spoil(i % 4 == 3 ? goodPart : good, random);
            try {
                var verdict = verify(bad, null);
                assertThat(verdict.status()).as(i + ": " + verdict).isNotEqualTo(Status.INTACT);
                assertThat(verdict.place()).isNotEmpty();
                found++;
            } catch (dev.skein.engine.SkeinException e) {
                assertThat(e.getMessage()).contains("Export"); // its heading is gone
                found++;
            }
        }
        assertThat(found).isEqualTo(1000);
    }

    private static String spoil(String text, Random random) {
        var lines = new ArrayList<>(List.of(text.split("\n")));
        int at = random.nextInt(lines.size());
        switch (random.nextInt(5)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, lines.get(at));
            case 2 -> {
                int other = (at + 1 + random.nextInt(lines.size() - 1)) % lines.size();
                java.util.Collections.swap(lines, at, other);
            }
            case 3 -> {
                return text.substring(0, random.nextInt(text.length() - 1));
            }
            default -> {
                var chars = text.toCharArray();
                int place = random.nextInt(chars.length - 1);
                chars[place] = chars[place] == 'x' ? 'y' : 'x';
                return new String(chars);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    @Test
    void aHistoryThatWasWrittenAnewDoesNotHaveTheSignedRoot() {
        var lines = whole();
        var last = entries.get(ENTRIES - 1);
        var forged =
                new String(last.envelope(), StandardCharsets.UTF_8)
                        .replaceFirst("\\{", "{\"forged\":true,")
                        .getBytes(StandardCharsets.UTF_8);
        lines.set(lines.size() - 3, last.line(forged, null));
        var verdict = verify(lines);
        assertThat(verdict.status()).isEqualTo(Status.TAMPERED);
        assertThat(verdict.found())
                .isEqualTo("an entry from 80 to 119 is not the one that was signed");
    }

    @Test
    void wrongKeysAndMissingEndsHaveTheirOwnNames() {
        var strange = whole();
        strange.set(strange.size() - 2, ExportLine.note(note(ENTRIES, NoteKey.create("x"))).text());
        assertThat(verify(strange).status()).isEqualTo(Status.UNKNOWN_KEY);
        var open = whole().subList(0, 90);
        assertThat(verify(open).status()).isEqualTo(Status.INCOMPLETE);
        var cut = String.join("\n", whole());
        assertThat(verify(cut.substring(0, cut.length() / 2), null).status())
                .isEqualTo(Status.INCOMPLETE);
        var uncovered = whole();
        uncovered.remove(uncovered.size() - 2);
        uncovered.set(uncovered.size() - 1, ExportLine.theEnd(uncovered.size() - 1L).text());
        assertThat(verify(uncovered).status()).isEqualTo(Status.INCOMPLETE);
        assertThatThrownBy(() -> verify("hello\n", null)).hasMessageContaining("it is no export");
    }

    @Test
    void whatIsNoUtf8IsTamperedWith() {
        var text = String.join("\n", whole()) + "\n";
        int heading = text.indexOf('\n');
        for (int at = heading + 1; at < text.length(); at += 97) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            bytes[at] = (byte) 0xff;
            assertThat(verify(bytes, null).status()).as("byte %d", at).isEqualTo(Status.TAMPERED);
        }
        var last = text.getBytes(StandardCharsets.UTF_8);
        last[last.length - 3] = (byte) 0xff;
        assertThat(verify(last, null).status()).isEqualTo(Status.TAMPERED);
    }

    @Test
    void bodiesCannotBeExchangedOrLeftOutUnseen() {
        var lines = whole();
        int at = 0;
        while (!lines.get(at).contains("\"body\"")) {
            at++;
        }
        var line = lines.get(at);
        lines.set(at, line.replaceFirst("\"salt\":\"[^\"]*\",", ""));
        assertThat(verify(lines).found()).isEqualTo("its body cannot be verified");
        lines.set(at, line.replaceFirst(",\"salt\":\"[^\"]*\",\"body\":\"[^\"]*\"", ""));
        assertThat(verify(lines).status()).isEqualTo(Status.INCOMPLETE);
        var empty = new ArrayList<>(part("db/u1/i").subList(0, 2));
        empty.add(ExportLine.theEnd(2).text());
        assertThat(verify(empty).status()).isEqualTo(Status.INCOMPLETE);
        var note = whole();
        note.set(41, note.get(41).replaceFirst("\\}$", ",\"index\":5}"));
        assertThat(verify(note).found()).isEqualTo("it is not as it was written");
        var strange = whole();
        strange.set(41, strange.get(41).replaceFirst("n40.n", "n99999999999999999999n"));
        assertThat(verify(strange).status()).isEqualTo(Status.TAMPERED);
        var text = String.join("\n", part("db/u1/i")) + "\n";
        assertThatThrownBy(() -> verify(text, Checkpoint.read(note(77, KEY))))
                .hasMessageContaining("it is a part of a log");
    }

    @Test
    void theLogMustHaveGrownFromAnEarlierCheckpoint() {
        var text = String.join("\n", whole()) + "\n";
        assertThat(verify(text, Checkpoint.read(note(77, KEY))).status()).isEqualTo(Status.INTACT);
        var other = new Checkpoint(ORIGIN, 77, roots.get(76));
        assertThat(verify(text, other).status()).isEqualTo(Status.TAMPERED);
        var longer = new Checkpoint(ORIGIN, ENTRIES + 1L, roots.get(76));
        assertThat(verify(text, longer).status()).isEqualTo(Status.TAMPERED);
        var foreign = new Checkpoint("another/log", 77, roots.get(77));
        assertThat(verify(text, foreign).status()).isEqualTo(Status.TAMPERED);
    }
}
