// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.relay;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.DatabaseLook;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.engine.Digests;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.JournalState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells the control plane what a database is like, when that has changed. */
@ApplicationScoped
public class DatabaseReporter {
    /** Who waits for something to end by time must hear of it now and then. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private static final int SIZE_STEP = 20; // report a size that changed by more than a twentieth

    private final AgentKafka wire;
    private final AgentConfig config;
    private final Clock clock;
    private final LongSupplier nanos;

    /** What was told of each, the latest last. */
    private final Map<String, Told> last = new LinkedHashMap<>();

    private final Set<String> lost = new HashSet<>();
    private final Map<String, DatabaseReport.Answer> answers = new ConcurrentHashMap<>();

    /**
     * What was told.
     *
     * @param at when, by a clock that nobody sets, ns
     */
    private record Told(DatabaseLook look, DatabaseReport.@Nullable Answer answer, long at) {}

    @Inject
    public DatabaseReporter(AgentKafka wire, AgentConfig config, Clock clock) {
        this(wire, config, clock, System::nanoTime);
    }

    /**
     * @param nanos a clock that nobody sets, ns
     */
    DatabaseReporter(AgentKafka wire, AgentConfig config, Clock clock, LongSupplier nanos) {
        this.nanos = nanos;
        this.wire = wire;
        this.config = config;
        this.clock = clock;
    }

    /** Reports what a look found, with the answer to a directive if there is one to give. */
    public void report(DatabaseLook look, DatabaseReport.@Nullable Answer answer) {
        if (answer == null && isTold(look)) {
            return;
        }
        if (answer != null) {
            answers.put(look.uid(), answer);
        }
        tell(noted(look, answer));
    }

    private synchronized boolean isTold(DatabaseLook look) {
        var told = last.get(look.uid());
        return told != null
                && told.answer() == null
                && isNear(told.look(), look)
                && told.look().tellsSameAs(look)
                && !isOld(told);
    }

    private boolean isOld(Told told) {
        return nanos.getAsLong() - told.at() >= AGAIN.toNanos();
    }

    private synchronized DatabaseReport noted(
            DatabaseLook look, DatabaseReport.@Nullable Answer answer) {
        last.remove(look.uid()); // it comes last again
        last.put(look.uid(), new Told(look, answer, nanos.getAsLong()));
        return of(look, answer);
    }

    /** Of which databases it is time to tell again, or what was told did not get through. */
    public synchronized Set<String> again() {
        var uids = new LinkedHashSet<>(lost);
        lost.clear();
        for (var told : last.entrySet()) {
            if (!isOld(told.getValue())) {
                break;
            }
            uids.add(told.getKey());
        }
        return uids;
    }

    /** A database is somebody else's: should it be ours again, it is told of at once. */
    public synchronized void forget(String uid) {
        last.remove(uid);
    }

    private synchronized void lost(String uid) {
        last.remove(uid);
        lost.add(uid);
    }

    /** Answers a directive for a database that is not there; there is nothing else to report. */
    public void answer(String uid, DatabaseReport.Answer answer) {
        answers.put(uid, answer);
        tell(DatabaseReport.absent(uid, config.site(), config.id(), answer, clock.instant()));
    }

    private void tell(DatabaseReport report) {
        var uid = report.uid();
        var event =
                CloudEvent.of("database.reported", "/agents/" + config.id(), uid, clock.instant());
        wire.tell(Topics.INVENTORY, uid, report, event, () -> lost(uid));
    }

    /** The answer that was given to a directive; none where the journal has it. */
    public DatabaseReport.@Nullable Answer lastAnswer(Directive directive) {
        var answer = answers.get(directive.uid());
        return answer != null && answer.generation() == directive.generation() ? answer : null;
    }

    private static boolean isNear(DatabaseLook a, DatabaseLook b) {
        long size = a.place().sizeBytes();
        return Math.abs(size - b.place().sizeBytes()) * SIZE_STEP <= size;
    }

    private DatabaseReport of(DatabaseLook look, DatabaseReport.@Nullable Answer answer) {
        JournalState state = look.state();
        return new DatabaseReport(
                look.uid(),
                config.site(),
                look.place().server(),
                look.place().name(),
                config.id(),
                look.heads(),
                state == null ? null : state.incarnation(),
                state == null ? 0 : state.seq(),
                state == null ? null : Digests.hex(state.hash()),
                state == null ? 0 : state.accepted(),
                look.fingerprint(),
                look.observed(),
                look.place().sizeBytes(),
                look.place().serverMajor(),
                look.place().labels(),
                look.problem(),
                answer,
                clock.instant());
    }
}
