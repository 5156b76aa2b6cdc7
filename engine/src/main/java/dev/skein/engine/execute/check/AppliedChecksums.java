// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.script.Scripts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the checksums of what was applied with the files of today. */
public final class AppliedChecksums {
    private AppliedChecksums() {}

    /**
     * Refuses revisions whose files were edited after they were applied.
     *
     * @throws RunRefusal if a file was edited since
     */
    public static void compare(
            String subject, List<Envelope> envelopes, Scripts scripts, List<String> heads) {
        var applied = applied(envelopes);
        applied.keySet().retainAll(scripts.graph().closure(heads));
        applied.forEach((revision, checksum) -> {
            var known = scripts.graph().contains(revision);
            if (known && !scripts.get(revision).hasChecksum(checksum)) {
                throw new RunRefusal(
                        subject,
                        "revision %s was applied with checksum %s, its file has %s"
                                .formatted(revision, checksum, scripts.get(revision).checksum()),
                        "Restore the file as it was, and write a new revision");
            }
        });
    }

    /** The revisions that were applied and not taken back, with their checksums. */
    private static Map<String, String> applied(List<Envelope> envelopes) {
        var applied = new LinkedHashMap<String, String>();
        for (var entry : envelopes) {
            var revision = entry.revision();
            var checksum = entry.checksum();
            if (revision != null && checksum != null && entry.kind() == EntryKind.APPLIED) {
                applied.put(revision, checksum);
            } else if (revision != null && entry.kind() == EntryKind.REVERTED) {
                applied.remove(revision);
            }
        }
        return applied;
    }
}
