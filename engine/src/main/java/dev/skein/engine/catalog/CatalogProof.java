// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.postgres.PgSession;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Proves that a schema has a fingerprint, at a quarter of what it costs the server to make it: the
 * rows of its catalogs are read by plain statements, and the text is made and hashed here. It
 * proves that by the same text; where it does not come to it, nothing is known, and the server has
 * to be asked for the fingerprint.
 */
public final class CatalogProof {
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

    /** By the server's major version; the same for every database. */
    private static final Map<Integer, String> QUESTIONS = new ConcurrentHashMap<>();

    private final PgSession session;
    private final CatalogQuery query;

    private CatalogProof(PgSession session, CatalogQuery query) {
        this.session = session;
        this.query = query;
    }

    /**
     * Whether a journal's target surely has a fingerprint.
     *
     * @param target only of whole databases, the empty one, anything is proven
     */
    public static boolean holds(PgSession session, String target, Fingerprint left) {
        if (!target.isEmpty() || !left.isOf(session.major())) {
            return false;
        }
        var lines = lines(session);
        return !lines.isEmpty() && FingerprintLine.fingerprint(lines, session.major()).equals(left);
    }

    /** The lines of a database's text; none where only the server can make them. */
    static List<FingerprintLine> lines(PgSession session) {
        return new CatalogProof(session, CatalogQuery.of("", session.major())).lines();
    }

    private List<FingerprintLine> lines() {
        var opened = session.send(QUESTIONS.computeIfAbsent(session.major(), this::questions));
        try {
            return lines(session.await(opened, READ_TIMEOUT));
        } finally {
            session.script("ROLLBACK", READ_TIMEOUT);
        }
    }

    private String questions(int major) {
        return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; %s; %s; %s"
                .formatted(query.pins(), query.rareKinds(), PlainRows.sql(major));
    }

    /** BEGIN and the settings answer first. */
    private List<FingerprintLine> lines(RowSet<Row> answers) {
        var there = after(after(answers));
        var rows = new PlainRows(after(there));
        var rare = there.iterator().next();
        if (query.hasPartitions(rare) || !rows.areEnough()) {
            return List.of();
        }
        if (rows.needGrants()) {
            rows.grant(session.script(PlainRows.grants(), READ_TIMEOUT));
        }
        var lines = new ArrayList<>(PlainLines.of(rows));
        if (IntStream.range(0, rare.size()).anyMatch(rare::getBoolean)) {
            session.script(query.listRare(rare), READ_TIMEOUT)
                    .forEach(row -> lines.add(FingerprintLine.of(row)));
        }
        return lines;
    }

    private static RowSet<Row> after(RowSet<Row> answer) {
        return Objects.requireNonNull(answer.next(), "as many answers as statements");
    }
}
