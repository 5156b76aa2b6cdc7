// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import dev.skein.engine.Digests;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an agent would know of a database: its journal as far as it got. One thread at a time. */
final class SimulatedDatabase {
    private static final String INCARNATION = "i1";
    private static final String ACTOR = "ann";
    private static final byte[] SALT = new byte[16];
    private static final byte[] BODY =
            "-- what was run\n".repeat(18).getBytes(StandardCharsets.UTF_8);
    private static final String BODY_HASH = Digests.hex(Digests.sha256(SALT, BODY));
    private static final long SIZE_BYTES = 8_000_000;
    private static final int MAJOR = 15;

    private final String uid;
    private final String site;
    private final String name;
    private List<String> heads = List.of();
    private String fingerprint = fingerprint(List.of());
    private byte[] hash = new byte[32];
    private long seq;
    private long accepted;

    SimulatedDatabase(String site, String name) {
        this.uid =
                Digests.hex(Digests.sha256(name.getBytes(StandardCharsets.UTF_8))).substring(0, 32);
        this.site = site;
        this.name = name;
    }

    String uid() {
        return uid;
    }

    /** Whether it is past a directive: that one was done, or another one after it. */
    boolean isPast(Directive directive) {
        return directive.generation() <= accepted;
    }

    /** A history that ends at a revision. */
    List<JournalRecord> history(String revision, int entries) {
        var records = new ArrayList<JournalRecord>();
        heads = List.of(revision);
        fingerprint = fingerprint(heads);
        while (records.size() < entries) {
            records.add(entry(EntryKind.APPLIED, revision, null, null));
        }
        return records;
    }

    /** What a directive does: a step each, and how it all looks then. */
    List<JournalRecord> follow(Directive directive) {
        accepted = directive.generation();
        var records = new ArrayList<JournalRecord>();
        for (var revision : Objects.requireNonNull(directive.path(), "a path")) {
            heads = List.of(revision);
            records.add(entry(EntryKind.APPLIED, revision, directive, null));
        }
        fingerprint = fingerprint(heads);
        records.add(entry(EntryKind.OBSERVED, null, directive, null));
        return records;
    }

    /** What is left of a directive that fails. */
    List<JournalRecord> fail(Directive directive) {
        accepted = directive.generation();
        return List.of(entry(EntryKind.FAILED, null, directive, "42P07 simulated"));
    }

    private JournalRecord entry(
            EntryKind kind,
            @Nullable String revision,
            @Nullable Directive directive,
            @Nullable String signature) {
        seq++;
        var envelope =
                new Envelope(
                                Envelope.VERSION,
                                uid,
                                INCARNATION,
                                seq,
                                kind,
                                heads,
                                ACTOR,
                                Instant.now().toString(),
                                BODY_HASH,
                                revision,
                                null,
                                directive == null ? null : directive.rollout(),
                                directive == null ? null : directive.generation(),
                                null,
                                null,
                                fingerprint,
                                1L,
                                null,
                                signature)
                        .bytes();
        var before = hash;
        hash = Digests.sha256(before, envelope);
        return JournalRecord.of(
                uid, new Entry(seq, INCARNATION, envelope, SALT, BODY, before, hash));
    }

    DatabaseReport report(String agent) {
        return new DatabaseReport(
                uid,
                site,
                "main",
                name,
                agent,
                heads,
                INCARNATION,
                seq,
                Digests.hex(hash),
                accepted,
                fingerprint,
                fingerprint,
                SIZE_BYTES,
                MAJOR,
                Map.of("tier", seq % 2 == 0 ? "free" : "paid"),
                null,
                null,
                Instant.now());
    }

    private static String fingerprint(List<String> heads) {
        var bytes = heads.toString().getBytes(StandardCharsets.UTF_8);
        return "6-" + MAJOR + "-" + Digests.hex(Digests.sha256(bytes));
    }
}
