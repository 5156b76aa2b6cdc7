// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.agent.cli.run.RunNarrator;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.execute.check.DriftGuard;
import dev.skein.engine.execute.check.JournalStanding;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.SchemaDrift;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.session.RenamedSchema;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.ForeignJournal;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a database is at the heads and as its runs left it; printed as JSON.
 *
 * @param answer clean, behind, differs, unknown or failed
 */
record DatabaseCheck(
        String database,
        String answer,
        List<String> heads,
        List<String> reasons,
        List<CatalogDifference> differences) {
    private static final String FAILED = "failed";

    /** A database that cannot be asked does not keep the others from their answers. */
    static DatabaseCheck of(PgClient client, DatabasePlace place, Scripts scripts) {
        try {
            return seen(client, place, scripts);
        } catch (SkeinException e) {
            var reasons =
                    e.remedy().isEmpty() ? List.of(e.found()) : List.of(e.found(), e.remedy());
            return without(place, FAILED, reasons);
        }
    }

    private static DatabaseCheck seen(PgClient client, DatabasePlace place, Scripts scripts) {
        try (var session = PlaceSession.open(client, place)) {
            var state = PlaceSession.read(session, place);
            if (state.isEmpty()) {
                return withoutJournal(session, place, scripts);
            }
            return compared(session, place, state.get(), scripts);
        }
    }

    private static DatabaseCheck compared(
            PgSession session, DatabasePlace place, JournalState state, Scripts scripts) {
        var schema = place.scope().schema();
        var standing = JournalStanding.of(session, schema, state, scripts);
        var reasons = new ArrayList<>(foreign(session, place.scope()));
        reasons.addAll(standing.differences());
        var drift = DriftGuard.drift(session, schema, state);
        drift.ifPresent(found -> tell(found, reasons));
        var answer = reasons.isEmpty() ? "clean" : "differs";
        if (ExpectedSchema.of(session, schema, state) instanceof ExpectedSchema.Unknown unknown) {
            answer = reasons.isEmpty() ? "unknown" : answer;
            reasons.addAll(tell(unknown, state.heads()));
        }
        standing.missing().forEach(id -> reasons.add("not applied: " + id));
        var behind = answer.equals("clean") && !standing.missing().isEmpty();
        var differences = drift.map(SchemaDrift::differences).orElse(List.of());
        return new DatabaseCheck(
                place.name(), behind ? "behind" : answer, state.heads(), reasons, differences);
    }

    private static DatabaseCheck withoutJournal(
            PgSession session, DatabasePlace place, Scripts scripts) {
        var suspicion = RenamedSchema.suspected(session, place.scope());
        if (suspicion.isPresent()) {
            var reasons = List.of(suspicion.get().found(), suspicion.get().remedy());
            return without(place, "differs", reasons);
        }
        var empty = scripts.graph().heads().isEmpty();
        return empty
                ? without(place, "clean", List.of())
                : without(place, "behind", List.of("it has no journal yet"));
    }

    /** Where nothing is known of heads and schema. */
    private static DatabaseCheck without(DatabasePlace place, String answer, List<String> why) {
        return new DatabaseCheck(place.name(), answer, List.of(), why, List.of());
    }

    /** That its journal is another place's or schema's: a run would be refused. */
    private static List<String> foreign(PgSession session, Scope scope) {
        var boundTo = new Journal(session, scope.schema()).boundTo();
        var here = DatabaseIdentity.here(session, null);
        if (!boundTo.isSame(here)) {
            return List.of(ForeignJournal.found(boundTo, here), ForeignJournal.remedy(here));
        }
        return RenamedSchema.stranger(session, scope)
                .map(reason -> List.of(reason.found(), reason.remedy()))
                .orElse(List.of());
    }

    private static List<String> tell(ExpectedSchema.Unknown unknown, List<String> heads) {
        return List.of(
                "its schema cannot be compared with what its last run left: " + unknown.why(),
                unknown.remedy(heads));
    }

    private static void tell(SchemaDrift drift, List<String> reasons) {
        reasons.add(drift.inWords());
        reasons.addAll(drift.lines(RunNarrator.NAMED));
    }

    /** Whether it could not be asked. */
    boolean hasFailed() {
        return answer.equals(FAILED);
    }

    /** The exit code of all of them; where one failed, the others' answers are not the whole. */
    static int code(List<DatabaseCheck> checks) {
        return checks.stream().anyMatch(DatabaseCheck::hasFailed)
                ? ErrorCode.FAILED.exitCode()
                : checks.stream().mapToInt(DatabaseCheck::code).max().orElse(0);
    }

    private int code() {
        return switch (answer) {
            case "behind" -> ErrorCode.BEHIND.exitCode();
            case "differs", "unknown" -> ErrorCode.DIFFERS.exitCode();
            default -> 0;
        };
    }
}
