// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.ddl.ChangePart;
import dev.skein.engine.ddl.Ddl;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.nontransactional.NonTransactionalForms;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.rehearse.RevisionReplay;
import dev.skein.engine.scratch.ScratchDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A database that is led from stage to stage, so that each way back can be read off it. */
final class StagedDatabase {
    private final ScratchDatabase database;
    private final Duration bound;
    private final Catalog start;
    private Catalog renamed;
    private int leading;

    StagedDatabase(ScratchDatabase database, Duration bound) {
        this.database = database;
        this.bound = bound;
        this.start = RevisionReplay.readWithNeeds(database);
        this.renamed = start;
    }

    Catalog start() {
        return start;
    }

    /** Renames, one after the other, each in the catalog that the one before left. */
    List<DeclaredRename> rename(List<String> hints) {
        var renames = new ArrayList<DeclaredRename>();
        for (var hint : hints) {
            var rename = DeclaredRename.parse(hint, renamed);
            run(rename.sql());
            renames.add(rename);
            renamed = RevisionReplay.readWithNeeds(database);
        }
        leading = renames.size();
        return renames;
    }

    /** The catalog after a part; the renames at its beginning are done already. */
    Catalog apply(ChangePart part) {
        var statements = part.statements().subList(leading, part.statements().size());
        leading = 0;
        if (part.transactional()) {
            var sql = statements.stream().map(DdlStatement::sql).collect(Collectors.joining(";\n"));
            run("SET LOCAL check_function_bodies = off;\n" + sql);
        } else {
            try (var session = database.open()) {
                statements.forEach(
                        statement -> NonTransactionalForms.run(session, statement.sql(), bound));
            } catch (PgServerError e) {
                throw new UnprovenRevision("it fails: " + e.found(), text(part));
            }
        }
        return RevisionReplay.readWithNeeds(database);
    }

    DowngradePart back(
            Catalog before, Catalog after, ChangePart part, List<DeclaredRename> renames) {
        var statements = new ArrayList<DdlStatement>();
        statements.addAll(
                Ddl.between(after, renames.isEmpty() ? before : renamed, !part.transactional()));
        for (var rename : renames.reversed()) {
            statements.add(rename.backStatement());
        }
        return new DowngradePart(statements, part, Ddl.isReachable(after, before));
    }

    private void run(String sql) {
        try {
            database.run(sql, bound);
        } catch (PgServerError e) {
            throw new UnprovenRevision("it fails: " + e.found(), sql);
        }
    }

    private static String text(ChangePart part) {
        return part.statements().stream()
                .map(DdlStatement::sql)
                .collect(Collectors.joining(";\n", "", ";\n"));
    }
}
