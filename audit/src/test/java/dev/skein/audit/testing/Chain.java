// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.testing;

import dev.skein.audit.log.ReceivedEntry;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Histories of decisions, chained; a parked record of one can be read again. */
public final class Chain {
    private Chain() {}

    /** So many entries from the first on, all saying something. */
    public static List<ReceivedEntry> of(String source, int length, String says) {
        var chain = new ArrayList<ReceivedEntry>();
        var prev = new byte[32];
        for (int seq = 1; seq <= length; seq++) {
            chain.add(next(source, seq, says, prev));
            prev = chain.getLast().hash();
        }
        return chain;
    }

    /** One entry behind another one. */
    public static ReceivedEntry next(String source, long seq, String says, byte[] prev) {
        var envelope =
                Json.bytes(
                        new TreeMap<String, Object>(
                                Map.of("stream", source, "seq", seq, "type", says)));
        var record = "%s %d %s %s".formatted(source, seq, says, Digests.hex(prev));
        return new ReceivedEntry(
                source,
                seq,
                envelope,
                prev,
                Digests.sha256(prev, envelope),
                null,
                null,
                record.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a parked record. */
    public static ReceivedEntry read(byte[] record) {
        var parts = new String(record, StandardCharsets.UTF_8).split(" ");
        return next(parts[0], Long.parseLong(parts[1]), parts[2], Digests.bytes(parts[3]));
    }
}
