// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import dev.skein.api.store.Outcome;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What agents say, read for how directives ended. Pure. */
public final class Ends {
    private Ends() {}

    /** How one ended, as an entry of a journal tells; nothing where it tells of no end. */
    public static Optional<Outcome> of(Envelope entry, byte @Nullable [] body) {
        var rollout = entry.rollout();
        var generation = entry.generation();
        if (rollout == null || generation == null) {
            return Optional.empty();
        }
        if (entry.kind() == EntryKind.OBSERVED || entry.kind() == EntryKind.RESTORED) {
            return Optional.of(
                    new Outcome(
                            entry.uid(),
                            rollout,
                            generation,
                            Outcome.End.SUCCEEDED,
                            null,
                            null,
                            entry.millis()));
        }
        if (entry.kind() != EntryKind.FAILED) {
            return Optional.empty();
        }
        var message = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        return Optional.of(
                new Outcome(
                        entry.uid(),
                        rollout,
                        generation,
                        Outcome.End.FAILED,
                        entry.signature(),
                        message,
                        null));
    }

    /** How one ended of which no journal tells; nothing where there is no answer. */
    public static Optional<Outcome> of(DatabaseReport report) {
        var answer = report.answer();
        if (answer == null) {
            return Optional.empty();
        }
        var held = answer.kind() == DatabaseReport.Kind.HELD;
        var aside = Boolean.TRUE.equals(answer.aside());
        var end = held ? Outcome.End.HELD : aside ? Outcome.End.SET_ASIDE : Outcome.End.FAILED;
        return Optional.of(
                new Outcome(
                        report.uid(),
                        null,
                        answer.generation(),
                        end,
                        held ? null : Objects.toString(answer.kind()),
                        held ? null : answer.message(),
                        null));
    }
}
