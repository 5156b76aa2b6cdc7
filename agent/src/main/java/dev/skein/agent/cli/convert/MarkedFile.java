// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that has both ways, parted by lines that a tool marks: goose, sql-migrate, dbmate,
 * rambler, node-pg-migrate, tern. Tools look for their marks line by line, whatever stands around.
 *
 * @param down absent where no mark begins it
 * @param alone whether the file says that it must be in no transaction
 * @param byName whether the tool orders its files by their names as text, as dbmate does
 */
record MarkedFile(Source up, @Nullable Source down, boolean alone, boolean byName) {
    private static final Pattern MARK =
            Pattern.compile(
                    "(?i)--\\s*(?:(?<dbmate>migrate:)\\s*|\\+(?:goose|migrate)\\s+|rambler\\s+)(?<what>\\S.*)");
    private static final Pattern NODE =
            Pattern.compile("(?i)\\s*--[\\s-]*(?<what>up|down)\\s+migration\\b.*");
    private static final Pattern TERN = Pattern.compile("---- create above / drop below ----\\s*");
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{\\w+[^}\\n]*\\}|\\$[A-Za-z_]\\w*(?![\\w$])");

    /** Reads a file; empty where it has no mark. */
    static Optional<MarkedFile> of(Source file, Notes notes) {
        var reader = new Reader(file, notes);
        int number = 0;
        for (var line : file.text().split("\n", -1)) {
            reader.line(++number, line);
        }
        return reader.marks ? Optional.of(reader.read()) : Optional.empty();
    }

    /** A file while it is read. */
    private static final class Reader {
        private final Source file;
        private final Notes notes;
        private final StringBuilder up = new StringBuilder();
        private final StringBuilder down = new StringBuilder();
        private int upLine = 1;
        private int downLine;
        private boolean marks;
        private boolean alone;
        private boolean byName;
        private boolean variables;

        Reader(Source file, Notes notes) {
            this.file = file;
            this.notes = notes;
        }

        void line(int number, String line) {
            var mark = MARK.matcher(line);
            var node = NODE.matcher(line);
            if (mark.matches()) {
                byName |= mark.group("dbmate") != null;
                mark(number, mark.group("what").toLowerCase(Locale.ROOT).strip());
            } else if (node.matches()) {
                mark(number, node.group("what").toLowerCase(Locale.ROOT));
            } else if (TERN.matcher(line).matches()) {
                mark(number, "down");
            } else {
                text(number, line);
            }
        }

        private void text(int number, String line) {
            (downLine > 0 ? down : up).append(line).append('\n');
            var m = PLACEHOLDER.matcher(line);
            while (variables && m.find()) {
                notes.add(
                        "the placeholder "
                                + m.group()
                                + " stands there as it is; write its value in",
                        file.file(),
                        number);
            }
        }

        private void mark(int number, String what) {
            marks = true;
            var words = what.split("\\s+");
            if (words[0].equals("up") && downLine == 0) {
                upLine = number + 1;
                up.setLength(0);
            } else if (words[0].equals("down") && downLine == 0) {
                downLine = number + 1;
            } else {
                (downLine > 0 ? down : up).append('\n'); // each line where it was
            }
            alone |=
                    what.contains("transaction:false")
                            || what.contains("no transaction")
                            || what.contains("notransaction");
            if (words[0].equals("envsub")) {
                variables = what.endsWith("on");
            }
        }

        MarkedFile read() {
            var back = new Source(file.file(), downLine, down.toString());
            return new MarkedFile(
                    new Source(file.file(), upLine, up.toString()),
                    downLine > 0 ? back : null,
                    alone,
                    byName);
        }
    }
}
