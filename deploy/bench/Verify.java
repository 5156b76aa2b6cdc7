// SPDX-License-Identifier: Apache-2.0

import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.ExportLine;
import dev.skein.engine.proof.LogVerifier;
import dev.skein.engine.proof.MerkleFrontier;
import dev.skein.engine.proof.NoteKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Writes an export of so many entries and verifies it, beside one SHA-256 over the same file. */
final class Verify {
    private static final int SOURCES = 1000;
    private static final int BODY = 300;

    public static void main(String[] args) throws Exception {
        int entries = Integer.parseInt(args[0]);
        var file = Files.createTempFile("skein-verify", ".jsonl");
        var key = NoteKey.create("bench");
        write(file, entries, key);
        for (int run = 1; run <= 3; run++) {
            double floor = timed(() -> hash(file));
            double verified = timed(() -> verify(file, key));
            System.out.printf(
                    "run %d: %,d entries of %d bytes a body, %.0f MB: verified in %.2f s (%,.0f a second),"
                            + " one SHA-256 over the file %.2f s, ratio %.1f%n",
                    run, entries, BODY, Files.size(file) / 1e6, verified, entries / verified, floor,
                    verified / floor);
        }
        Files.delete(file);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double timed(Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }

    private static void hash(Path file) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        try (var in = Files.newInputStream(file)) {
            var block = new byte[1 << 16];
            for (int n = in.read(block); n > 0; n = in.read(block)) {
                digest.update(block, 0, n);
            }
        }
        digest.digest();
    }

    private static void verify(Path file, NoteKey.Pair key) throws Exception {
        try (var in = Files.newInputStream(file)) {
            var verdict = new LogVerifier(key.verifier(), null).verify(in, n -> {});
            if (!verdict.status().name().equals("INTACT")) {
                throw new IllegalStateException(verdict.toString());
            }
        }
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
