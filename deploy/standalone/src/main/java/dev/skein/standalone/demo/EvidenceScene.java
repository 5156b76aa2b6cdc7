// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import dev.skein.engine.postgres.PgClient;
import dev.skein.standalone.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The record, taken along and verified where no service is; and what becomes of one that lies. */
final class EvidenceScene {
    private static final int INTACT = 0;
    private static final int TAMPERED = 1;
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);
    private static final String CHANGE =
            """
            UPDATE entry
            SET envelope = convert_to(replace(convert_from(envelope, 'UTF8'), '%s', '%s'), 'UTF8')
            WHERE index = (SELECT min(index) FROM facet WHERE actor = '%s'
                AND kind = 'rollout.Approved')
            """;

    private final LocalStack stack;
    private final PgClient client;
    private final DemoClaims claims;
    private final DemoUsers cast;
    private final Path folder;

    EvidenceScene(
            LocalStack stack, PgClient client, DemoClaims claims, DemoUsers cast, Path folder) {
        this.stack = stack;
        this.client = client;
        this.claims = claims;
        this.cast = cast;
        this.folder = folder;
    }

    void tell(String rollout) {
        claims.chapter("7. The record is proven to somebody who trusts nobody");
        cast.as(DemoUsers.AUDITOR, "audit", "log", "--rollout", rollout, "--limit", "8");
        var key = file("audit.pub");
        writeAnswer(key, "audit", "key");
        var record = file("record.jsonl");
        claims.that("the whole record is exported", export(record) == 0);
        claims.that("it is intact, by the file and the key alone", verify(record, key) == INTACT);
        parts(key);
        var copy = file("one-byte.jsonl");
        write(copy, oneByteOther(record));
        claims.that(
                "a copy with one other byte is not, and the line is named",
                verify(copy, key) == TAMPERED);
        byASuperuser(key);
    }

    private void parts(Path key) {
        var approvals = file("approvals.jsonl");
        cast.as(
                DemoUsers.AUDITOR,
                "audit",
                "export",
                "--actor",
                DemoUsers.APPROVER,
                "-o",
                approvals.toString());
        claims.that(
                "so is a part of it, each entry with its proof", verify(approvals, key) == INTACT);
        var proof = file("first.tlog-proof");
        writeAnswer(proof, "audit", "proof", "0");
        claims.that("and one entry, by some hundred bytes", verify(proof, key) == INTACT);
    }

    private void writeAnswer(Path file, String... question) {
        var answer = cast.ask(DemoUsers.AUDITOR, question).asText();
        write(file, answer.getBytes(StandardCharsets.UTF_8));
    }

    /** Somebody with every right on the audit database wants another approver in the record. */
    private void byASuperuser(Path key) {
        var forged = file("forged.jsonl");
        var audit = stack.address("control", "skein_audit");
        try (var session = client.open(audit, "a superuser", Map.of())) {
            session.script("ALTER TABLE entry DISABLE TRIGGER entry_is_final", QUERY_TIMEOUT);
            session.script(
                    CHANGE.formatted(DemoUsers.APPROVER, "eve", DemoUsers.APPROVER), QUERY_TIMEOUT);
            try {
                export(forged);
                claims.that(
                        "a row that a superuser of the audit database changed is found",
                        verify(forged, key) == TAMPERED);
            } finally {
                session.script(
                        CHANGE.formatted("eve", DemoUsers.APPROVER, DemoUsers.APPROVER),
                        QUERY_TIMEOUT);
                session.script("ALTER TABLE entry ENABLE TRIGGER entry_is_final", QUERY_TIMEOUT);
            }
        }
    }

    private int export(Path to) {
        return cast.as(DemoUsers.AUDITOR, "audit", "export", "-o", to.toString());
    }

    private int verify(Path export, Path key) {
        return cast.alone("audit", "verify", export.toString(), "--key", key.toString());
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] oneByteOther(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
