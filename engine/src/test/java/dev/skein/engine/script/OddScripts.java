// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Writes legal scripts that look like traps for whoever cuts them: quotes in comments, comments in
 * quotes, keywords as names, rows of a COPY. Each statement leaves a row in {@code seen}, with the
 * statement's own text as the server got it. The same seed writes the same script.
 */
final class OddScripts {
    private static final List<String> TRAPS =
            List.of(
                    ";", "\"", "--", "/*", "*/", "$$", "$a$", "\\", " begin ", "atomic", " end ",
                    "COMMIT;", "\n", "\r", "\t", "é", "😀", "\u00a0", ":x", ":to", "case", "(", ")",
                    "[", "'", "E'", "U&'", "copy", "\\.", "--x", "1e", "@", "#");
    private static final List<String> NAMES =
            List.of(
                    "begin",
                    "atomic",
                    "\"end\"",
                    "\"case\"",
                    "\"a;b\"",
                    "\"q\"\"x\"",
                    "größe",
                    "\"--c\"",
                    "U&\"d\\0061t\"",
                    "a$b",
                    "\"COMMIT\"",
                    "\"$$\"",
                    "x\u00a0y",
                    "procedure");

    private final Random random;
    private final int number;
    private final boolean csv;
    private final boolean carriageReturns;
    private final StringBuilder text = new StringBuilder();

    private OddScripts(long seed, int number, boolean csv) {
        this.random = new Random(seed * 1_000_003 + number);
        this.number = number;
        this.csv = csv;
        this.carriageReturns = random.nextInt(4) == 0;
    }

    /**
     * The script of a number.
     *
     * @param csv whether rows may be csv
     */
    static String of(long seed, int number, boolean csv) {
        var one = new OddScripts(seed, number, csv);
        int statements = 1 + one.random.nextInt(4);
        for (int i = 0; i < statements; i++) {
            one.statement(i == statements - 1);
        }
        var text = one.text.toString();
        return one.carriageReturns ? text.replace("\n", "\r\n") : text;
    }

    private void statement(boolean last) {
        gap();
        text.append(random.nextInt(8) == 0 ? ";" : "");
        switch (random.nextInt(12)) {
            case 0 -> block();
            case 1 -> routine();
            case 2 -> copyText();
            case 3 -> copyCsv();
            case 4, 5 -> names();
            case 6 -> rule();
            default -> insert(last);
        }
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String trap() {
        var out = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            out.append(one(TRAPS));
        }
        return out.toString();
    }

    private void gap() {
        switch (random.nextInt(6)) {
            case 0 -> text.append(' ').append(blockComment());
            case 1 -> text.append(" --").append(lineComment()).append(one(List.of("\n", "\r")));
            case 2 -> text.append(one(List.of("\n\n", "\t", " \f", "\r")));
            default -> text.append(' ');
        }
    }

    private String blockComment() {
        var inside = trap().replace("/*", "").replace("*/", "").replace('*', '+').replace('/', '|');
        return random.nextBoolean() ? "/*" + inside + "*/" : "/* a /*" + inside + "*/ '; */";
    }

    private String lineComment() {
        return " z" + trap().replace("\n", "").replace("\r", "");
    }

    private String literal() {
        var value = trap();
        return switch (random.nextInt(6)) {
            case 0 -> "E'" + value.replace("\\", "\\\\").replace("'", "\\'") + "\\\n\\t'";
            case 1 ->
                    "E'"
                            + value.replace("\\", "\\\\").replace("'", "''")
                            + "' -- '\n \n'it''s; \\n' "; // psql takes \\' in the second for its
            // end
            case 2 -> dollar(value);
            case 3 ->
                    "U&'"
                            + value.replace("\\", "!").replace("'", "''").replace("!", "")
                            + "!00e9' UESCAPE '!'";
            case 4 -> "'" + value.replace("'", "''") + "'\n'\\'";
            default -> "'" + value.replace("'", "''") + "'";
        };
    }

    private String dollar(String value) {
        var tag = one(List.of("$$", "$q$", "$größe$", "$_1$", "$\u00a0$", "$begin$"));
        var inside = tag.equals("$$") ? value.replace("$", "") : value;
        return tag + inside + " " + tag;
    }

    private String expression() {
        return switch (random.nextInt(7)) {
            case 0 -> "(1" + blockComment() + "+ 2)::text";
            case 1 -> "(CASE WHEN 1 < 2 THEN " + literal() + " ELSE 'end' END)";
            case 2 -> "((ARRAY[" + literal() + ", 'b;'])[1:2])[1]";
            case 3 -> "(5 %/* ; */ 3 - -1 --;'\n + @ -2)::text";
            case 4 -> "(" + literal() + " || (" + literal() + "))";
            default -> literal();
        };
    }

    private void insert(boolean last) {
        text.append("INSERT");
        gap();
        text.append("INTO seen (script, v) VALUES (").append(number).append(',');
        gap();
        text.append(expression()).append(')');
        gap();
        text.append(last && random.nextBoolean() ? "" : ";");
    }

    private void names() {
        var a = one(NAMES);
        var b = NAMES.get((NAMES.indexOf(a) + 1 + random.nextInt(NAMES.size() - 1)) % NAMES.size());
        text.append("insert into seen (script, v) select ").append(number);
        text.append(", x.").append(a).append(" || x.").append(b);
        gap();
        text.append("from (values ('1', ").append(expression()).append(")) as x(");
        text.append(a).append(", ").append(b).append(");");
    }

    private void block() {
        text.append("DO ");
        var tag = one(List.of("$do$", "$größer$"));
        text.append(tag).append("\nBEGIN\n  INSERT INTO seen (script, v) VALUES (");
        text.append(number).append(", ").append(expression()).append(");\nEND; ");
        text.append(tag).append(';');
    }

    private void routine() {
        var name = "f" + number + "_" + text.length();
        text.append(one(List.of("CREATE FUNCTION ", "create or replace /* ; */ function ")));
        text.append(name).append("(begin int, atomic text DEFAULT ");
        text.append("'a;b') RETURNS text\nLANGUAGE sql BEGIN");
        gap();
        text.append("ATOMIC\n SELECT 1; SELECT CASE WHEN $1 > 0 THEN ").append(expression());
        text.append(" ELSE 'x' END;").append(blockComment()).append(" END");
        gap();
        text.append(";INSERT INTO seen (script, v) SELECT ").append(number).append(", ");
        text.append(name).append("(1); DROP FUNCTION ").append(name).append("(int, text);");
    }

    private void rule() {
        var name = "r" + number + "_" + text.length();
        text.append("CREATE TEMP TABLE ").append(name).append(" (begin int, \"end\" text);");
        text.append("CREATE RULE r AS ON INSERT TO ").append(name);
        text.append(" DO INSTEAD (SELECT 1; INSERT INTO seen (script, v) VALUES (new.begin,");
        text.append(expression()).append(" ) ; );INSERT INTO ").append(name).append(" VALUES (");
        text.append(number).append(");DROP TABLE ").append(name).append(";");
    }

    private void copyText() {
        text.append("COPY");
        gap();
        text.append("seen (script, v, q) FROM");
        text.append(
                one(List.of(" stdin;\n", " STDIN WITH (FORMAT text); -- rows\n", "\nstdin;\n")));
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(number).append('\t');
            text.append(random.nextInt(6) == 0 ? "\\N" : field(trap())).append("\tcopy\n");
        }
        text.append("\\.\n");
    }

    private String field(String value) {
        var out = new StringBuilder();
        value.codePoints()
                .forEach(c -> {
                    var plain = Character.toString(c);
                    switch (random.nextInt(4)) {
                        case 0 -> bytes(plain, out);
                        // the server refuses it where lines end with both
                        case 1 -> out.append(escaped(plain, carriageReturns ? "\\n" : "\\\n"));
                        default -> out.append(escaped(plain, "\\n"));
                    }
                });
        return out.toString();
    }

    private static String escaped(String c, String lineEnd) {
        return switch (c) {
            case "\\" -> "\\\\";
            case "\t" -> "\\t";
            case "\r" -> "\\r";
            case "\n" -> lineEnd;
            default -> c;
        };
    }

    private void bytes(String c, StringBuilder out) {
        for (byte b : c.getBytes(StandardCharsets.UTF_8)) {
            out.append(
                    random.nextBoolean()
                            ? "\\%03o".formatted(b & 255)
                            : "\\x%02x".formatted(b & 255));
        }
    }

    private void copyCsv() {
        if (!csv) {
            copyText();
            return;
        }
        text.append("COPY seen (script, v, q) FROM stdin ");
        boolean older = random.nextBoolean();
        text.append(older ? "CSV NULL 'nil'" : "WITH (FORMAT csv, NULL 'nil', HEADER)");
        text.append(";\n").append(older ? "" : "script,v,q\n");
        for (int i = random.nextInt(4); i >= 0; i--) {
            var value = random.nextInt(5) == 0 ? "nil" : csv(trap());
            text.append(number).append(',').append(value).append(",copy\n");
        }
        text.append("\\.\n");
    }

    private static String csv(String value) {
        return "a\"" + value.replace("\"", "\"\"") + " \"b"; // a line '\.' would end the rows
    }
}
