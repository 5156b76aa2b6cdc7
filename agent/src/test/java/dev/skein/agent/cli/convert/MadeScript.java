// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.agent.cli.convert.source.TransactionMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A script of another tool that is made together with what of it takes effect, so that no parser is
 * needed to know it.
 */
final class MadeScript {
    private record Kept(String sql, int transaction) {}

    private static final String LOCAL = "SET LOCAL work_mem = '8MB'";

    private final Random random;
    private final TransactionMode ran;
    private final boolean nonTransactional;
    private final int firstLine;
    private final StringBuilder text = new StringBuilder();
    private final List<Kept> kept = new ArrayList<>();
    private int commits;
    private int committed;
    private int firstRollback;
    private int refused;
    private boolean takenBack;

    private MadeScript(
            Random random, TransactionMode ran, boolean nonTransactional, int firstLine) {
        this.random = random;
        this.ran = ran;
        this.nonTransactional = nonTransactional;
        this.firstLine = firstLine;
    }

    /**
     * Makes one.
     *
     * @param nonTransactional whether nothing in it may need a transaction
     * @param firstLine of the file, where it begins
     */
    static MadeScript of(
            Random random, TransactionMode ran, boolean nonTransactional, int firstLine) {
        var script = new MadeScript(random, ran, nonTransactional, firstLine);
        for (int i = random.nextInt(4); i >= 0; i--) {
            script.block();
        }
        script.keep(script.statement());
        if (random.nextInt(60) == 0) {
            script.openEnd();
        }
        return script;
    }

    /** One that does nothing. */
    static MadeScript empty(Random random) {
        var script = new MadeScript(random, TransactionMode.WRAPPED, false, 1);
        script.text.append("-- nothing\nBEGIN;\nCOMMIT;\n");
        return script;
    }

    String text() {
        return text.toString();
    }

    boolean isTakenBack() {
        return takenBack;
    }

    /** The line of the file that no import can read past; 0 where there is none. */
    int refused() {
        return refused;
    }

    void concurrently() {
        int number = random.nextInt(1_000_000);
        keep("CREATE INDEX CONCURRENTLY i" + number + " ON t (a)");
    }

    /** What a revision has of it, statement by statement. */
    List<String> statements() {
        var all = new ArrayList<String>();
        int transaction = 0;
        boolean local = false;
        for (var one : kept) {
            if (local && one.transaction() != transaction) {
                all.add("SET LOCAL work_mem TO DEFAULT");
                local = false;
            }
            local |= one.sql().equals(LOCAL);
            transaction = one.transaction();
            all.add(one.sql());
        }
        return all;
    }

    private int line() {
        return firstLine + (int) text.chars().filter(c -> c == '\n').count();
    }

    private String statement() {
        var number = "'" + random.nextInt(1_000_000);
        return random.nextInt(5) == 0
                ? "SELECT " + number + ";', $q$ ; $q$"
                : "SELECT " + number + "'";
    }

    private void keep(String sql) {
        text.append(sql).append(random.nextInt(6) == 0 ? " ;\n" : ";\n");
        kept.add(new Kept(sql, commits));
    }

    private void block() {
        switch (random.nextInt(9)) {
            case 0 -> keep(statement());
            case 1 -> committed(() -> keep(statement()));
            case 2 -> takenBack();
            case 3 -> committed(this::savepoint);
            case 4 -> setting();
            case 5 -> comment();
            case 6 -> committed(this::local);
            case 7 -> twoInALine();
            default -> odd();
        }
    }

    private void committed(Runnable inside) {
        text.append("BEGIN;\n");
        inside.run();
        text.append(random.nextBoolean() ? "COMMIT;\n" : "END;\n");
        commits++;
        committed = kept.size();
    }

    private void takenBack() {
        var alone = kept.size() > committed;
        text.append("BEGIN;\n").append(statement()).append(";\n");
        rollback();
        text.append("ROLLBACK;\n");
        if (alone && ran == TransactionMode.WRAPPED) {
            kept.subList(committed, kept.size()).clear();
        } else if (alone && ran == TransactionMode.UNKNOWN && refused == 0) {
            refused = firstRollback;
        }
        commits++;
        committed = kept.size();
    }

    private void rollback() {
        takenBack = true;
        firstRollback = firstRollback == 0 ? line() : firstRollback;
    }

    private void savepoint() {
        text.append("SAVEPOINT s;\n").append(statement()).append(";\n");
        rollback();
        text.append("ROLLBACK TO s;\n");
        keep(statement());
    }

    private void setting() {
        if (!nonTransactional) {
            var value = "search_path = a" + random.nextInt(100);
            text.append("SET ").append(value).append("; -- here\n");
            kept.add(new Kept("SET LOCAL " + value, commits));
        }
    }

    private void local() {
        if (!nonTransactional) {
            keep(LOCAL);
        }
        keep(statement());
    }

    private void comment() {
        text.append("-- upgrade\n/* ; BEGIN; */\n");
        if (random.nextBoolean()) {
            text.append("\\restrict k\n");
        }
        text.append("-- one line\r");
        keep(statement());
    }

    private void twoInALine() {
        var one = statement();
        text.append("BEGIN; ").append(one).append("; COMMIT;\n");
        kept.add(new Kept(one, commits));
        commits++;
        committed = kept.size();
    }

    private void odd() {
        if (random.nextInt(12) == 0 && refused == 0) {
            refused = line();
            text.append("ROLLBACK TO nothing;\n");
        }
    }

    /** What follows BEGIN is taken back at the end, unless the tool commits it. */
    private void openEnd() {
        if (ran != TransactionMode.WRAPPED && refused == 0) {
            refused = line();
        }
        text.append("BEGIN;\n");
        keep(statement());
    }
}
