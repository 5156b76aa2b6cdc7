// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.execute.TenantHold;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.util.List;

/**
 * Whether a restore was done before. A rollout restores a backup once, whoever wrote to the
 * database since and however often it is asked for.
 */
final class PastRestore {
    private final Restoration.Order order;
    private final TenantHold hold;
    private final List<Envelope> history;

    PastRestore(Restoration.Order order, TenantHold hold) {
        this.order = order;
        this.hold = hold;
        this.history = hold.history();
    }

    boolean isDone() {
        var rollout = String.valueOf(order.author().rollout());
        return history.stream()
                .anyMatch(entry ->
                        entry.kind() == EntryKind.RESTORED
                                && rollout.equals(entry.rollout())
                                && order.sha256().equals(entry.checksum()));
    }

    /** Tells whoever asks anew, by an entry; what the schema must be stays what it was. */
    void answer() {
        var generation = order.author().generation();
        if (generation != null && !generation.equals(history.getLast().generation())) {
            var fingerprint = hold.state().fingerprint();
            var body = new EntryBody.Observed(fingerprint == null ? null : 0L);
            hold.note(new EntryDraft(hold.state().heads(), "", body).withFingerprint(fingerprint));
        }
    }
}
