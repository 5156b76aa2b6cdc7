// SPDX-License-Identifier: Apache-2.0

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.ExportLine;
import dev.skein.engine.proof.MerkleFrontier;
import dev.skein.engine.proof.NoteKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Writes an export of so many entries, 300 bytes a body, and the key that it is signed with. */
final class Verify {
    private static final int SOURCES = 1000;
    private static final int BODY = 300;

    public static void main(String[] args) throws Exception {
        var key = NoteKey.create("bench");
        Files.writeString(Path.of(args[2]), key.verifier().text());
        write(Path.of(args[1]), Integer.parseInt(args[0]), key);
    }

    private static void write(Path file, int entries, NoteKey.Pair key) throws Exception {
        var random = new Random(1);
        var frontier = new MerkleFrontier();
        var last = new HashMap<String, byte[]>();
        var counts = new HashMap<String, Long>();
        try (var out = Files.newBufferedWriter(file)) {
            out.write(ExportLine.heading("bench", true, null).text() + "\n");
            for (int i = 0; i < entries; i++) {
                var uid = "%032x".formatted(random.nextInt(SOURCES));
                var source = "db/" + uid + "/0000000000000001";
                long seq = counts.merge(source, 1L, Long::sum);
                var salt = new byte[16];
                var body = new byte[BODY];
                random.nextBytes(salt);
                random.nextBytes(body);
                var says = new TreeMap<String, Object>(Map.of("v", 1, "uid", uid, "incarnation", "0000000000000001", "seq", seq,
                        "kind", "applied", "heads", java.util.List.of("b108"), "actor", "ann", "at", "2026-11-23T06:53:56.695953Z",
                        "bodyHash", Digests.hex(Digests.sha256(salt, body))));
                says.put("revision", "b108");
                says.put("rollout", "billing");
                var envelope = Json.bytes(says);
                var prev = last.getOrDefault(source, new byte[32]);
                out.write(ExportLine.entry(i, source, seq, envelope, prev, salt, body, null).text() + "\n");
                last.put(source, Digests.sha256(prev, envelope));
                frontier.append(envelope);
            }
            out.write(ExportLine.note(new Checkpoint("bench", entries, frontier.root()).signed(key)).text() + "\n");
            out.write(ExportLine.theEnd(entries + 2L).text() + "\n");
        }
    }
}
