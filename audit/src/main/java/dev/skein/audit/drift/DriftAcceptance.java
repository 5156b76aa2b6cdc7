// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who let a schema be as somebody else had made it, by the journal: a run that was told to. */
final class DriftAcceptance {
    private static final String SINCE =
            """
            SELECT e.envelope, b.body FROM entry e
            JOIN facet f ON f.index = e.index
            LEFT JOIN body b ON b.index = e.index
            WHERE e.source = $1 AND e.seq > $2 AND e.seq <= $3 AND f.kind = $4
            ORDER BY e.seq
            """;

    private DriftAcceptance() {}

    /** The word that a finding's schema got since it was found, if any. */
    static Optional<FindingStore.Ending> find(
            Db.Tx tx, FindingStore.Open finding, FindingStore.Over over) {
        var same = Objects.equals(finding.incarnation(), over.incarnation());
        return tx
                .list(
                        SINCE,
                        row -> accepted(row, finding, over),
                        over.source(finding.uid()),
                        same ? finding.seq() : 0,
                        over.seq(),
                        EntryKind.ADOPTED.wire())
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<FindingStore.Ending> accepted(
            Row row, FindingStore.Open finding, FindingStore.Over over) {
        var says = Envelope.parse(row.getBuffer(0).getBytes());
        // What a run found where nobody knew how it had to be is nobody's word.
        if (says.tellsOfUnknown() || !finding.observed().equals(says.fingerprint())) {
            return Optional.empty();
        }
        return Optional.of(
                new FindingStore.Ending("accepted", over.at(), says.actor(), reason(row)));
    }

    private static @Nullable String reason(Row row) {
        var body = row.getBuffer(1);
        return body == null ? null : new String(body.getBytes(), StandardCharsets.UTF_8);
    }
}
