// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.DatabaseOptions;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein check}. */
@Command(
        name = "check",
        description =
                "Exit with 0 if the databases are at the heads and as their runs left them, with 3"
                        + " if one is behind, with 4 if one differs, or nobody can tell.",
        footer = {"", "  skein check --all", "  skein check --desired schema.sql"})
public final class CheckCommand extends BaseCommand {
    @Mixin private final DatabaseOptions databases = new DatabaseOptions();

    private static final String FAILED = "failed";

    @Mixin private final ScratchAccess scratch = new ScratchAccess();

    @Option(
            names = "--desired",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "PATH",
            description =
                    "Look into no database: exit with 4 if the revisions do not lead to the desired"
                            + " schema (default: as skein.yaml says).")
    private @Nullable String desired;

    @Option(
            names = "--entities",
            paramLabel = "CLASSES",
            description = "The same with JPA entities, in folders of classes and jars.")
    private @Nullable String entities;

    /** A database's answer in JSON. */
    record Result(
            String database,
            String answer,
            List<String> heads,
            List<String> reasons,
            List<CatalogDifference> differences) {}

    @Override
    public Integer call() {
        if (desired != null || entities != null) {
            return compare(
                    DesiredSchema.of(
                            databases.project().project(),
                            desired == null || desired.isEmpty() ? null : desired,
                            entities));
        }
        var scripts = databases.project().scripts();
        var results = new ArrayList<Result>();
        try (var client = CommandClient.take()) {
            for (var place : databases.places(client)) {
                results.add(asked(client, place, scripts));
            }
        }
        if (isJson()) {
            out().json(results);
        } else {
            results.forEach(this::print);
        }
        if (results.stream().anyMatch(r -> r.answer().equals(FAILED))) {
            return ErrorCode.FAILED.exitCode(); // the others' answers are not the whole answer
        }
        return results.stream().mapToInt(CheckCommand::code).max().orElse(0);
    }

    /** Whether somebody forgot to write a revision. */
    private int compare(DesiredSchema schema) {
        try (var sides = new ComparedSchemas(databases.project(), scratch, out())) {
            var differences =
                    CatalogDifference.between(sides.read("revision:heads"), sides.schema(schema));
            if (isJson()) {
                out().json(differences);
            } else {
                differences.forEach(d -> out().result(out().bad("differs: ") + d.id()));
            }
            out().say(
                            differences.isEmpty()
                                    ? "The revisions lead to the desired schema."
                                    : "Write what is missing: skein revision --autogenerate");
            return differences.isEmpty() ? 0 : ErrorCode.DIFFERS.exitCode();
        }
    }

    /** A database that cannot be asked does not keep the others from their answers. */
    private static Result asked(PgClient client, DatabasePlace place, Scripts scripts) {
        try {
            return look(client, place, scripts);
        } catch (SkeinException e) {
            var reasons =
                    e.remedy().isEmpty() ? List.of(e.found()) : List.of(e.found(), e.remedy());
            return new Result(place.name(), FAILED, List.of(), reasons, List.of());
        }
    }

    private static int code(Result result) {
        return switch (result.answer()) {
            case "behind" -> ErrorCode.BEHIND.exitCode();
            case "differs", "unknown" -> ErrorCode.DIFFERS.exitCode();
            default -> 0;
        };
    }

    private void print(Result result) {
        var answer =
                result.answer().equals("clean")
                        ? out().good(result.answer())
                        : out().bad(result.answer());
        var where = result.answer().equals(FAILED) ? "" : " at " + CliWords.heads(result.heads());
        out().result(result.database() + ": " + answer + where);
        result.reasons().forEach(reason -> out().result("    " + reason));
    }

    private static Result look(PgClient client, DatabasePlace place, Scripts scripts) {
        try (var session = PlaceSession.open(client, place)) {
            var state = PlaceSession.read(session, place);
            if (state.isEmpty()) {
                return withoutJournal(session, place, scripts);
            }
            return compared(session, place, state.get(), scripts);
        }
    }

    private static Result compared(
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
        return new Result(
                place.name(),
                behind ? "behind" : answer,
                state.heads(),
                reasons,
                drift.map(SchemaDrift::differences).orElse(List.of()));
    }

    private static Result withoutJournal(PgSession session, DatabasePlace place, Scripts scripts) {
        var suspicion = RenamedSchema.suspected(session, place.scope());
        if (suspicion.isPresent()) {
            var reasons = List.of(suspicion.get().found(), suspicion.get().remedy());
            return new Result(place.name(), "differs", List.of(), reasons, List.of());
        }
        var empty = scripts.graph().heads().isEmpty();
        return new Result(
                place.name(),
                empty ? "clean" : "behind",
                List.of(),
                empty ? List.of() : List.of("it has no journal yet"),
                List.of());
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
}
