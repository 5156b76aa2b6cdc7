// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.event.RehearsalResult;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.script.Script;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The database on which ways back are tried, beside the line that only goes up. It begins as a copy
 * of the line, and walks along for as long as it is seen to have the same schema and the same rows,
 * since copying costs more than walking. What it finds amiss counts only once a new copy has shown
 * the same.
 */
final class DowngradeTrial implements AutoCloseable {
    private final RevisionReplay replay;
    private final boolean staysEqual;
    private @Nullable ScratchDatabase database;

    /**
     * @param staysEqual false where ways back may lose rows, so that each is tried on a new copy
     */
    DowngradeTrial(RevisionReplay replay, boolean staysEqual) {
        this.replay = replay;
        this.staysEqual = staysEqual;
    }

    /**
     * What is tried.
     *
     * @param before the catalog before the revision
     * @param after the same after it
     */
    record Subject(Script script, RowsBefore witness, Catalog before, Catalog after) {}

    /**
     * Tries the way back from a revision.
     *
     * @param line which has gone up to it
     */
    RehearsalResult run(ScratchDatabase line, Subject subject, RehearsalReport report) {
        if (goesUp(subject.script())) {
            var result = back(known(), subject, report);
            if (!isAmiss(result)) {
                keepIfEqual(line);
                return result;
            }
            drop();
        }
        database = RevisionReplay.copy(line);
        var result = back(known(), subject, report);
        if (isAmiss(result)) {
            drop();
        } else {
            keepIfEqual(line);
        }
        return result;
    }

    /** Goes along where there is no way back. */
    void follow(ScratchDatabase line, Script script) {
        if (goesUp(script)) {
            keepIfEqual(line);
        }
    }

    private static boolean isAmiss(RehearsalResult result) {
        return result.grade().isBad();
    }

    private ScratchDatabase known() {
        return java.util.Objects.requireNonNull(database);
    }

    private boolean goesUp(Script script) {
        if (database == null) {
            return false;
        }
        try {
            replay.up(database, List.of(script.id()));
            return true;
        } catch (SkeinException e) {
            drop(); // the line went there: a new copy of it tells more
            return false;
        }
    }

    private void keepIfEqual(ScratchDatabase line) {
        if (!staysEqual || !RowComparison.are(line, known())) {
            drop();
        }
    }

    private RehearsalResult back(ScratchDatabase copy, Subject subject, RehearsalReport report) {
        var id = subject.script().id();
        try {
            report.down(timed(() -> replay.down(copy, id)));
            var differences =
                    CatalogDifference.between(subject.before(), RevisionReplay.read(copy));
            if (!differences.isEmpty()) {
                return report.differs("its downgrade leads elsewhere", differences);
            }
            var judged = subject.witness().judge(copy, report);
            replay.up(copy, List.of(id));
            var again = CatalogDifference.between(subject.after(), RevisionReplay.read(copy));
            return again.isEmpty()
                    ? judged
                    : report.differs("the second upgrade leads elsewhere", again);
        } catch (SkeinException e) {
            return report.failed("the way back: " + e.discreet());
        }
    }

    static Duration timed(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    void drop() {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    @Override
    public void close() {
        drop();
    }
}
