// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.script.Scripts;

/** A batched change that was begun and not ended: nothing else may run before it is settled. */
final class Unfinished {
    private Unfinished() {}

    static void check(Contact contact, Scripts scripts, Plan plan) {
        contact.batch().ifPresent(p -> check(contact.session().subject(), p, scripts, plan));
    }

    static void check(String subject, BatchProgress progress, Scripts scripts, Plan plan) {
        var id = progress.revision();
        var direction = progress.up() ? Direction.UP : Direction.DOWN;
        var goesOn =
                !plan.isEmpty()
                        && plan.steps().getFirst().revision().equals(id)
                        && plan.steps().getFirst().direction() == direction;
        if (!goesOn) {
            throw new Refusal(
                    subject,
                    "the batched %s of revision %s is in progress (%d rows done)"
                            .formatted(
                                    progress.up() ? "upgrade" : "downgrade", id, progress.rows()),
                    "Finish it first, or give it up: skein stamp");
        }
        if (!scripts.get(id).hasChecksum(progress.checksum())) {
            throw new Refusal(
                    subject,
                    "revision %s is in progress with checksum %s, its file has %s"
                            .formatted(id, progress.checksum(), scripts.get(id).checksum()),
                    "Restore the file as it was, or give it up: skein stamp");
        }
    }

    /**
     * What settles it with a stamp, as whoever stamps says, in the transaction of the stamp's
     * entry: without that entry it would begin anew, over rows that it has changed.
     *
     * @return statements to be sent before the entry; empty where nothing is under way
     */
    static String forgotten(Contact contact) {
        return contact.batch()
                .map(any -> BatchProgress.end(contact.journal().target()) + ";\n")
                .orElse("");
    }
}
