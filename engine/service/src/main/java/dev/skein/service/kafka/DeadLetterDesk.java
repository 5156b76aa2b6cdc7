// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import dev.skein.service.problem.NotThere;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists dead letters, and takes them up once more after what was wrong with them is mended. */
public final class DeadLetterDesk {
    private static final int PAGE = 200;

    private final Db db;
    private final RecordHandler handler;

    /**
     * @param handler of the records of every topic that the service reads
     */
    public DeadLetterDesk(Db db, RecordHandler handler) {
        this.db = db;
        this.handler = handler;
    }

    /**
     * A page, the newest first.
     *
     * @param all also those that somebody replayed or dropped
     * @param before the smallest id of the page before; absent for the first
     */
    public List<DeadLetter> list(boolean all, @Nullable Long before) {
        return db.call(tx -> DeadLetters.list(tx, all ? null : "waiting", before, PAGE));
    }

    /** How many wait for somebody. */
    public long waiting() {
        return db.call(DeadLetters::waiting);
    }

    /**
     * Stores a letter as if it had come now. Where it cannot be taken, it waits on, with the reason
     * of this time, and the try is counted.
     *
     * @throws NotThere where no letter waits under the id
     * @throws SkeinException where it still cannot be taken, and why
     */
    public void replay(long id, String actor) {
        try {
            db.call(tx -> replayed(tx, id, actor)).run();
        } catch (NotThere e) {
            throw e;
        } catch (RuntimeException e) {
            if (!RecordFault.is(e)) {
                throw e;
            }
            throw stillWrong(id, RecordFault.reason(e));
        }
    }

    private SkeinException stillWrong(long id, String reason) {
        db.run(tx -> DeadLetters.triedAgain(tx, id, reason));
        return SkeinException.failed(
                "Dead letter " + id, "it still cannot be taken: " + reason, "It waits as before");
    }

    private Runnable replayed(Db.Tx tx, long id, String actor) {
        var record = DeadLetters.take(tx, id).orElseThrow(() -> none(id));
        var next = handler.read(List.of(record)).in(tx);
        tx.settle();
        DeadLetters.settle(tx, id, "replayed", actor);
        return next;
    }

    /**
     * Gives a letter up: its bytes stay where they are, and nobody is reminded of it.
     *
     * @throws NotThere where no letter waits under the id
     */
    public void drop(long id, String actor) {
        db.run(tx -> {
            if (!DeadLetters.settle(tx, id, "dropped", actor)) {
                throw none(id);
            }
        });
    }

    private static NotThere none(long id) {
        return new NotThere(
                "Dead letter " + id,
                "none waits under this number",
                "See: skein control dead-letters");
    }
}
