// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.agent.cli.convert.project.MigrationTool;
import dev.skein.agent.cli.convert.source.TransactionMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A project of another tool that is made together with the revisions that it must become. */
final class MadeProject {
    /**
     * What a migration must become.
     *
     * @param down its way back; absent where there is none
     * @param refused the file and line that cannot be taken over; absent where it can
     * @param files that it is made of
     */
    record Due(
            String id,
            List<String> up,
            @Nullable List<String> down,
            boolean nonTransactional,
            @Nullable String refused,
            Set<String> files) {
        Due {
            files = Set.copyOf(files);
            up = List.copyOf(up);
            down = down == null ? null : List.copyOf(down);
        }
    }

    /** A version as a file's name has it, and as an id; in the tool's order. */
    private record Version(String written, String id) {}

    private final Random random;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<Due> due = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private @Nullable String twice;

    private MadeProject(Random random) {
        this.random = random;
    }

    static MadeProject of(MigrationTool tool, Random random) {
        var project = new MadeProject(random);
        switch (tool) {
            case FLYWAY -> project.flyway();
            case SQITCH -> project.sqitch();
            case DIESEL -> project.diesel();
            case ALEMBIC -> project.alembic();
            default -> project.folder();
        }
        return project;
    }

    /** Texts by their paths. */
    Map<String, String> files() {
        return files;
    }

    List<Due> due() {
        return due;
    }

    /** Files that the notes must name. */
    Set<String> told() {
        return told;
    }

    /** A file with another one's version, for which the project is refused as a whole. */
    @Nullable String twice() {
        return twice;
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private List<Version> some(String... pairs) {
        var all = new ArrayList<Version>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (random.nextInt(4) > 0 || (i == pairs.length - 2 && all.isEmpty())) {
                all.add(new Version(pairs[i], pairs[i + 1]));
            }
        }
        return all;
    }

    private void left(String file) {
        if (oneIn(4)) {
            files.put(file, "SELECT 'left';\n");
            told.add(file);
        }
    }

    /**
     * One migration.
     *
     * @param head stands before the script in its file
     * @param back the file of the way back; absent where the tool has none; the same one where it
     *     follows there
     */
    private void one(
            String id, String file, String head, @Nullable String back, TransactionMode ran) {
        var nonTransactional = ran == TransactionMode.ALONE || oneIn(6);
        int line = 1 + (int) head.chars().filter(c -> c == '\n').count();
        var up = MadeScript.of(random, ran, nonTransactional, line);
        var backNonTransactional =
                nonTransactional && ran != TransactionMode.ALONE && back != null && oneIn(2);
        if (nonTransactional && ran != TransactionMode.ALONE && !backNonTransactional) {
            up.concurrently();
        }
        var text = new StringBuilder(head).append(up.text());
        var down =
                back == null
                        ? null
                        : down(ran, nonTransactional, back.equals(file) ? text : null, head);
        if (down != null && backNonTransactional) {
            down.concurrently();
        }
        if (back != null && down != null) {
            if (back.equals(file)) {
                text.append(down.text());
            } else {
                files.put(back, encoded(down.text()));
            }
        }
        files.put(file, encoded(text.toString()));
        due(id, file, back, up, down, nonTransactional);
    }

    private MadeScript down(
            TransactionMode ran,
            boolean nonTransactional,
            @Nullable StringBuilder behind,
            String head) {
        int line = 1;
        if (behind != null) {
            behind.append(head.contains("goose") ? "-- +goose Down\n" : "-- migrate:down\n");
            line += (int) behind.chars().filter(c -> c == '\n').count();
        }
        return !nonTransactional && oneIn(6)
                ? MadeScript.empty(random)
                : MadeScript.of(random, ran, nonTransactional, line);
    }

    private void due(
            String id,
            String file,
            @Nullable String back,
            MadeScript up,
            @Nullable MadeScript down,
            boolean nonTransactional) {
        String refused = up.refused() > 0 ? file + ":" + up.refused() : null;
        if (refused == null && down != null && down.refused() > 0) {
            refused = back + ":" + down.refused();
        }
        if (refused == null && up.isTakenBack()) {
            told.add(file);
        }
        var way = down == null ? List.<String>of() : down.statements();
        if (refused == null && down != null && way.isEmpty()) {
            told.add(String.valueOf(back));
        }
        var of = back == null ? Set.of(file) : new HashSet<>(List.of(file, back));
        due.add(
                new Due(
                        id,
                        up.statements(),
                        way.isEmpty() ? null : way,
                        nonTransactional,
                        refused,
                        of));
    }

    private void program(String id, String file) {
        files.put(file, "x upgrade\n");
        due.add(new Due(id, List.of(), null, false, file, Set.of(file)));
    }

    private String encoded(String text) {
        var bom = oneIn(12) ? "\uFEFF" : "";
        return bom + (oneIn(6) ? text.replace("\n", "\r\n") : text);
    }

    private void flyway() {
        var versions = some("1", "1", "1_2", "1.2", "1_10", "1.10", "02", "2", "3.0.1", "3.0.1");
        var base = new Version("1_5", "1.5");
        var begins = oneIn(3) && versions.stream().noneMatch(v -> v.id().matches("1|1\\.2"));
        if (begins) {
            one("1.5", "B1_5__base.sql", "", null, TransactionMode.WRAPPED);
        } else if (versions.stream().anyMatch(v -> v.id().equals("1"))) {
            left("B" + base.written() + "__base.sql");
        }
        for (var v : versions) {
            var file = (oneIn(5) ? "sub/V" : "V") + v.written() + "__a.sql";
            var alone = oneIn(6);
            var back = oneIn(2) ? "U" + v.written() + "__a.sql" : null;
            one(v.id(), file, "", back, alone ? TransactionMode.ALONE : TransactionMode.WRAPPED);
            if (alone) {
                files.put(file + ".conf", "executeInTransaction=false\n");
            }
        }
        if (oneIn(12)) {
            program("10", "V10__p.java");
        }
        for (var words : List.of("a_x", "b_a")) {
            if (oneIn(3)) {
                one("R_" + words, "R__" + words + ".sql", "", null, TransactionMode.WRAPPED);
                told.add("R__" + words + ".sql");
            }
        }
        due.sort(Comparator.comparing(d -> order(d.id()), Comparator.naturalOrder()));
        left("U99__gone.sql");
        left("v5__low.sql");
        left("afterMigrate.sql");
        if (oneIn(3)) {
            files.put("flyway.conf", "# x\nflyway.mixed=true\n");
            told.add("flyway.conf:2");
        }
        if (oneIn(25)) {
            again("V0" + versions.getFirst().written() + "__b.sql");
        }
    }

    private static int order(String id) {
        return List.of("1", "1.2", "1.5", "1.10", "2", "3.0.1", "10", "R_a_x", "R_b_a").indexOf(id);
    }

    private void again(String file) {
        files.put(file, "SELECT 1;\n");
        twice = file;
    }

    private void sqitch() {
        var plan = new StringBuilder("%project=p\n\n");
        var top = oneIn(4) ? "db/" : "";
        var reworked = oneIn(2);
        change(plan, "b", top, "b", reworked ? "b@v1" : "b", "");
        change(plan, "a", top, "a", "a", oneIn(3) ? "[b q:x] " : "");
        if (plan.toString().contains("q:x")) {
            told.add(top + "sqitch.plan:4");
        }
        plan.append("@v1 2024-01-02T00:00:00Z A <a@b.c>\n");
        if (reworked) {
            plan.append("@v2 2024-01-02T00:00:00Z A <a@b.c>\n");
            change(plan, "b_2", top, "b", "b", "[b@v1] ");
            if (oneIn(2)) {
                plan.append("@v3 2024-01-03T00:00:00Z A <a@b.c>\n");
                files.put(top + "deploy/b@v3.sql", "SELECT 'b';\n");
                told.add("b@v3.sql");
            }
        }
        left(top + "deploy/other.sql");
        left(top + "revert/other.sql");
        files.put(top + "sqitch.plan", plan.toString());
        if (!top.isEmpty()) {
            files.put("sqitch.conf", "[core]\n\tengine = pg\n\ttop_dir = db\n");
        }
    }

    private void change(
            StringBuilder plan, String id, String top, String name, String file, String needs) {
        plan.append(name).append(' ').append(needs).append("2024-01-01T00:00:00Z A <a@b.c> # n\n");
        var back = oneIn(3) ? null : top + "revert/" + file + ".sql";
        one(id, top + "deploy/" + file + ".sql", "", back, TransactionMode.BY_PSQL);
    }

    private void diesel() {
        var versions =
                some(
                        "2024-01-01-000000_a",
                        "20240101000000",
                        "20240102000000_b",
                        "20240102000000",
                        "2024-01-03-000000_c",
                        "20240103000000",
                        "20240104000000",
                        "20240104000000");
        for (var v : versions) {
            var home = "migrations/" + v.written() + "/";
            var ran = oneIn(6) ? TransactionMode.ALONE : TransactionMode.WRAPPED;
            one(v.id(), home + "up.sql", "", oneIn(4) ? null : home + "down.sql", ran);
            if (ran == TransactionMode.ALONE) {
                files.put(home + "metadata.toml", "run_in_transaction = false\n");
            }
            left(home + "readme.md");
        }
        if (oneIn(25)) {
            again("migrations/" + versions.getFirst().id() + "_z/up.sql");
        }
    }

    private void folder() {
        var style = random.nextInt(5);
        for (var v :
                style == 1 || style == 4
                        ? some("10", "10", "1", "1", "2", "2") // as texts, with what follows
                        : some("1", "1", "02", "02", "10", "10")) {
            var name = v.written() + "_w";
            switch (style) {
                case 0 -> pair(v, name);
                case 1 -> marked(v, name, "-- migrate:up", " transaction:false");
                case 2 -> marked(v, name, "-- +goose Up", "\n-- +goose NO TRANSACTION");
                case 3 -> own(v, name);
                default -> one(v.id(), name + "/migration.sql", "", null, TransactionMode.UNKNOWN);
            }
        }
        left("schema.sql");
        left("9_gone.down.sql");
        left("notes.txt");
        if (style == 0 && oneIn(12)) {
            program("77", "77_p.go");
        } else if ((style == 1 || style == 2) && oneIn(25)) {
            again(due.getFirst().id() + "_z.sql");
        }
    }

    private void pair(Version v, String name) {
        var alone = oneIn(6);
        var back = oneIn(4) ? null : name + ".down.sql";
        one(
                v.id(),
                name + ".up.sql",
                alone ? "-- no-transaction\n" : "",
                back,
                alone ? TransactionMode.ALONE : TransactionMode.WRAPPED);
    }

    private void marked(Version v, String name, String up, String alone) {
        var isAlone = oneIn(6);
        var head = "-- before the mark\n" + up + (isAlone ? alone : "") + "\n";
        var file = name + ".sql";
        one(
                v.id(),
                file,
                head,
                oneIn(4) ? null : file,
                isAlone ? TransactionMode.ALONE : TransactionMode.WRAPPED);
    }

    private void own(Version v, String name) {
        one(
                v.id(),
                name + "/up.sql",
                "",
                oneIn(4) ? null : name + "/down.sql",
                TransactionMode.UNKNOWN);
    }

    /** Programs in a row, which do nothing but what they say. */
    private void alembic() {
        files.put("alembic.ini", "[alembic]\n# where it is\nscript_location = %(here)s/s\n");
        files.put(
                "s/env.py",
                """
                from alembic import context

                # what the server is
                context.configure(url='postgresql://', target_metadata=None)
                with context.begin_transaction():
                    context.run_migrations()
                """);
        String parent = null;
        for (int number = 0; number <= 1 + random.nextInt(3); number++) {
            parent = program(number, parent);
        }
    }

    private String program(int number, @Nullable String parent) {
        var id = "r" + number;
        var ups = sayings(id + " forth");
        var downs = oneIn(3) ? List.<String>of() : sayings(id + " back");
        var file = "s/versions/" + id + "_words.py";
        files.put(
                file,
                """
                \"""words of %1$s

                Revision ID: %1$s
                Create Date: 2024-01-0%2$d 01:02:03

                \"""
                from alembic import op
                import sqlalchemy as sa

                revision = '%1$s'
                down_revision = %3$s


                def upgrade():
                    # one by one
                %4$s

                def downgrade():
                    pass
                %5$s\
                """
                        .formatted(
                                id,
                                number + 1,
                                parent == null ? "None" : "'" + parent + "'",
                                executing(ups),
                                executing(downs)));
        due.add(new Due(id, ups, downs.isEmpty() ? null : downs, false, null, Set.of(file)));
        return id;
    }

    private List<String> sayings(String what) {
        return IntStream.rangeClosed(1, 1 + random.nextInt(3))
                .mapToObj(i -> "SELECT '" + what + " " + i + "'")
                .toList();
    }

    private static String executing(List<String> statements) {
        return statements.stream()
                .map(sql -> "    op.execute(\"" + sql + "\")\n")
                .collect(Collectors.joining());
    }
}
