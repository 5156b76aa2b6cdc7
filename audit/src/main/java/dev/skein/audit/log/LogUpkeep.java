// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.service.database.Db;
import dev.skein.service.loop.ServiceLoop;
import dev.skein.service.loop.TimeShare;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * What is done beside the log as it grows, so that who appends need not: parts are made ahead of
 * it, and behind it is noted when its entries were made.
 */
@ApplicationScoped
public class LogUpkeep {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final long SHARE = 10;

    private final Db db;
    private final TimeShare share =
            new TimeShare(SHARE, Duration.ofMillis(50), PAUSE, System::nanoTime);
    private final ServiceLoop loop = new ServiceLoop("upkeep", this::round, () -> {});

    public LogUpkeep(Db db) {
        this.db = db;
    }

    /** The loop that does it, for as long as the service lives. */
    public ServiceLoop loop() {
        return loop;
    }

    private void round() throws InterruptedException {
        makeRoom(db);
        boolean noted = share.measured(() -> db.call(EntrySpans::note));
        Thread.sleep(noted ? share.rest() : PAUSE);
    }

    /** Makes parts until there are enough ahead of the log. */
    public void makeRoom() {
        makeRoom(db);
    }

    private static void makeRoom(Db db) {
        boolean made = true;
        while (made) {
            made = db.call(tx -> EntryParts.makeAhead(tx, EntryParts.SIZE));
        }
    }
}
