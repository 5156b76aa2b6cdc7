// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.script.Scripts;
import java.time.Duration;

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

    /** A stamp settles it, as whoever stamps says. */
    static void forget(Contact contact) {
        if (contact.batch().isPresent()) {
            contact.session()
                    .script(BatchProgress.end(contact.journal().target()), Duration.ofMinutes(1));
        }
    }
}
