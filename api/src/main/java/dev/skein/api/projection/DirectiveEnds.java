// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import dev.skein.api.store.DirectiveOutcome;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What agents say, read for how directives ended. Pure. */
public final class DirectiveEnds {
    private DirectiveEnds() {}

    /** How one ended, as an entry of a journal tells; nothing where it tells of no end. */
    public static Optional<DirectiveOutcome> of(Envelope entry, byte @Nullable [] body) {
        var rollout = entry.rollout();
        var generation = entry.generation();
        if (rollout == null || generation == null) {
            return Optional.empty();
        }
        if (entry.kind() == EntryKind.OBSERVED || entry.kind() == EntryKind.RESTORED) {
            return Optional.of(
                    new DirectiveOutcome(
                            entry.uid(),
                            rollout,
                            generation,
                            DirectiveOutcome.End.SUCCEEDED,
                            null,
                            null,
                            entry.millis()));
        }
        if (entry.kind() != EntryKind.FAILED) {
            return Optional.empty();
        }
        var message = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        return Optional.of(
                new DirectiveOutcome(
                        entry.uid(),
                        rollout,
                        generation,
                        DirectiveOutcome.End.FAILED,
                        entry.signature(),
                        message,
                        null));
    }

    /** How one ended of which no journal tells; nothing where there is no answer. */
    public static Optional<DirectiveOutcome> of(DatabaseReport report) {
        var answer = report.answer();
        if (answer == null) {
            return Optional.empty();
        }
        var held = answer.kind() == DatabaseReport.Kind.HELD;
        var aside = Boolean.TRUE.equals(answer.aside());
        var end =
                held
                        ? DirectiveOutcome.End.HELD
                        : aside ? DirectiveOutcome.End.SET_ASIDE : DirectiveOutcome.End.FAILED;
        return Optional.of(
                new DirectiveOutcome(
                        report.uid(),
                        null,
                        answer.generation(),
                        end,
                        held ? null : Objects.toString(answer.kind()),
                        held ? null : answer.message(),
                        null));
    }
}
