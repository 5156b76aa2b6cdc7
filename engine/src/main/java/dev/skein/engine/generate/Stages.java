// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.ddl.Ddl;
import dev.skein.engine.ddl.Part;
import dev.skein.engine.ddl.Statement;
import dev.skein.engine.loose.LooseForms;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.rehearse.Replay;
import dev.skein.engine.scratch.ScratchDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A database that is led from stage to stage, so that each way back can be read off it. */
final class Stages {
    private final ScratchDatabase database;
    private final Duration bound;
    private final Catalog start;
    private Catalog renamed;
    private int leading;

    Stages(ScratchDatabase database, Duration bound) {
        this.database = database;
        this.bound = bound;
        this.start = Replay.readWithNeeds(database);
        this.renamed = start;
    }

    Catalog start() {
        return start;
    }

    /** Renames, one after the other, each in the catalog that the one before left. */
    List<Rename> rename(List<String> hints) {
        var renames = new ArrayList<Rename>();
        for (var hint : hints) {
            var rename = Rename.parse(hint, renamed);
            run(rename.sql());
            renames.add(rename);
            renamed = Replay.readWithNeeds(database);
        }
        leading = renames.size();
        return renames;
    }

    /** The catalog after a part; the renames at its beginning are done already. */
    Catalog apply(Part part) {
        var statements = part.statements().subList(leading, part.statements().size());
        leading = 0;
        if (part.transactional()) {
            var sql = statements.stream().map(Statement::sql).collect(Collectors.joining(";\n"));
            run("SET LOCAL check_function_bodies = off;\n" + sql);
        } else {
            try (var session = database.open()) {
                statements.forEach(statement -> LooseForms.run(session, statement.sql(), bound));
            } catch (PgServerError e) {
                throw new Unproven("it fails: " + e.found(), text(part));
            }
        }
        return Replay.readWithNeeds(database);
    }

    Backwards back(Catalog before, Catalog after, Part part, List<Rename> renames) {
        var statements = new ArrayList<Statement>();
        statements.addAll(
                Ddl.between(after, renames.isEmpty() ? before : renamed, !part.transactional()));
        for (var rename : renames.reversed()) {
            statements.add(rename.backStatement());
        }
        return new Backwards(statements, part, Ddl.isReachable(after, before));
    }

    private void run(String sql) {
        try {
            database.run(sql, bound);
        } catch (PgServerError e) {
            throw new Unproven("it fails: " + e.found(), sql);
        }
    }

    private static String text(Part part) {
        return part.statements().stream()
                .map(Statement::sql)
                .collect(Collectors.joining(";\n", "", ";\n"));
    }
}
