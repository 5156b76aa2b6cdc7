// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.CutProxy;
import dev.skein.engine.testing.CutProxy.CutPlace;
import dev.skein.engine.testing.CutProxy.Reach;
import java.io.IOException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The connections of a restore break at one message after the other, on either side of it: whoever
 * looks finds the one database or the other, whole, and the next attempt ends it.
 *
 * <p>Some messages for each place; all of them with {@code -Dskein.test.every-message=true}.
 */
class CutRestorationTest extends BackupFixture {
    /** How many messages give the name, with who asks meanwhile whether others are connected. */
    private static final int SWAP = 9;

    /** How many of these, and of the others, are cut for each place. */
    private static final int LATE = 3;

    private static final int EARLY = 1;

    private static final String ROWS = "SELECT count(*) FROM users";
    private static final String SAVED = "100";

    /** What the test's database has been: a replaced one has its name from there. */
    private final Set<String> oids = new HashSet<>();

    private static DatabaseAddress through(CutProxy proxy, DatabaseAddress direct) {
        var port = direct.server().replaceAll(".*:", "");
        return new DatabaseAddress(
                direct.url().replace(":" + port + "/", ":" + proxy.port() + "/"),
                direct.password());
    }

    private int upstream() {
        return Integer.parseInt(database.address().server().replaceAll(".*:", ""));
    }

    private Restoration.Order order(Backup backup, int round, CutProxy proxy) {
        return order(
                backup,
                round,
                through(proxy, database.address()),
                through(proxy, database.address("postgres")));
    }

    private Restoration.Order order(Backup backup, int round) {
        return order(backup, round, database.address(), database.address("postgres"));
    }

    private Restoration.Order order(
            Backup backup, int round, DatabaseAddress address, DatabaseAddress maintenance) {
        return new Restoration.Order(
                address,
                maintenance,
                scope(),
                backup.uid(),
                backup.sha256(),
                new Author("olga", "back-" + round, 100L + round));
    }

    private String attempt(Restoration.Order order) {
        oids.add(database.value("SELECT oid FROM pg_database WHERE datname = current_database()"));
        return restoration().run(order, () -> {}, () -> false);
    }

    private void dropReplaced(String name) {
        database.adopt(name);
        database.dropNow(name);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "REPLACED")
    void whereverItIsCutItIsTheOneOrTheOtherAndTheNextAttemptEndsIt(CutPlace place)
            throws IOException {
        var backup = moved();
        int round = 0;
        int messages;
        try (var proxy = new CutProxy(upstream(), place, 0, Reach.ONE_OF_ALL)) {
            dropReplaced(attempt(order(backup, ++round, proxy)));
            messages = proxy.count();
        }
        for (int number : numbers(place, messages)) {
            cut(backup, place, ++round, number, round % 2 == 0 ? Reach.ALL : Reach.ONE_OF_ALL);
        }
    }

    /** A random number is as good as another; the same each time, so that a failure comes again. */
    private static int[] numbers(CutPlace place, int messages) {
        if (Boolean.getBoolean("skein.test.every-message")) {
            return IntStream.rangeClosed(1, messages).toArray();
        }
        var random = new Random(20261128 + place.name().hashCode());
        var late = random.ints(messages - SWAP, messages + 1).distinct().limit(LATE);
        return IntStream.concat(random.ints(EARLY, 1, messages - SWAP), late).toArray();
    }

    private void cut(Backup backup, CutPlace place, int round, int number, Reach reach)
            throws IOException {
        var at = "%s, %s, message %d".formatted(place, reach, number);
        database.run("INSERT INTO users SELECT i FROM generate_series(1001, 1020) i");
        var before = history();
        var isDone = false;
        try (var proxy = new CutProxy(upstream(), place, number, reach)) {
            attempt(order(backup, round, proxy));
            isDone = true;
        } catch (SkeinException e) {
            assertThat(e.found()).as(at).isNotEmpty();
        }
        var rows = database.value(ROWS);
        if (rows.equals(SAVED)) {
            assertThat(history().getLast().rollout()).as(at).isEqualTo("back-" + round);
        } else {
            assertThat(isDone).as(at).isFalse();
            assertThat(history()).as(at).isEqualTo(before);
            assertThat(rows).as(at).isEqualTo("120");
        }
        var again = attempt(order(backup, round));
        assertThat(again.isEmpty()).as(at + " done once").isEqualTo(rows.equals(SAVED));
        isWhole(backup, at, round);
    }

    private void isWhole(Backup backup, String at, int round) {
        assertThat(database.value(ROWS)).as(at).isEqualTo(SAVED);
        var now = history();
        assertThat(now).as(at).hasSize((int) backup.seq() + 1);
        var last = now.getLast();
        assertThat(last.kind().wire() + " " + last.rollout())
                .as(at)
                .isEqualTo("restored back-" + round);
        var replaced = "skein_replaced_" + noted();
        assertThat(left(backup)).as(at + " nothing else is left").isEqualTo(replaced);
        dropReplaced(replaced);
    }

    private String left(Backup backup) {
        return database.value(
                """
                SELECT string_agg(datname, ' ') FROM pg_database
                WHERE datname = 'skein_restoring_%s'
                    OR datname ~ '^skein_replaced_.*_(%s)$'
                """
                        .formatted(backup.uid().substring(0, 16), String.join("|", oids)));
    }

    /** The name of the replaced database, as the journal has it. */
    private String noted() {
        return database.value(
                "SELECT convert_from(body, 'UTF8')::jsonb ->> 'replaced' FROM skein.entry WHERE seq"
                        + " = (SELECT max(seq) FROM skein.entry)");
    }
}
