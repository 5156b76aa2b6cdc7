// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ImportNotes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that has both ways, parted by lines that a tool marks: goose, sql-migrate, dbmate,
 * rambler, node-pg-migrate, tern. A line is a mark where its own tool takes it for one, whatever
 * stands around; a file that the tool refuses, or that two readers would part otherwise, cannot be
 * taken over.
 *
 * @param up with the trouble, where it cannot be taken over
 * @param down absent where no mark begins it
 * @param alone whether the file says that it must be in no transaction
 * @param byName whether the tool orders its files by their names as text, as dbmate does
 */
record MarkedFile(ForeignSource up, @Nullable ForeignSource down, boolean alone, boolean byName) {
    private static final String TERN = "---- create above / drop below ----";

    /** tern heeds it in a line of its own, of either way. */
    private static final Pattern TERN_ALONE = Pattern.compile("(?m)^---- tern: disable-tx ----$");

    /** Reads a file; empty where it has no mark. */
    static Optional<MarkedFile> of(ForeignSource file, ImportNotes notes) {
        var tools = SectionMarks.in(file.text());
        if (tools.size() > 1) {
            var found = "it has marks of " + tools.get(0).tool() + " and of " + tools.get(1).tool();
            return Optional.of(refused(file, 0, found, "Leave those of one of them"));
        }
        if (!tools.isEmpty()) {
            return Optional.of(new SectionReader(tools.getFirst(), file, notes).read());
        }
        return isTern(file.text()) ? Optional.of(tern(file)) : NodeMarks.read(file, notes);
    }

    /** Whether a text has one of tern's marks. */
    static boolean isTern(String text) {
        return text.contains(TERN) || TERN_ALONE.matcher(text).find();
    }

    /** One that cannot be taken over. */
    static MarkedFile refused(ForeignSource file, int line, String found, String remedy) {
        return new MarkedFile(file.withTrouble(line, found, remedy), null, false, false);
    }

    /** One in a transaction, whose way back begins in a line, from 1, and ends before another. */
    static MarkedFile parted(ForeignSource file, ForeignSource up, int from, String down) {
        return new MarkedFile(up, new ForeignSource(file.file(), from, down), false, false);
    }

    /** tern parts the text where its words stand first, be it within a line. */
    private static MarkedFile tern(ForeignSource file) {
        var text = file.text();
        var alone = TERN_ALONE.matcher(text).find();
        int at = text.indexOf(TERN);
        if (at < 0) {
            return new MarkedFile(file, null, alone, false);
        }
        var above = text.substring(0, at);
        int line = 1 + (int) above.chars().filter(c -> c == '\n').count();
        var down = new ForeignSource(file.file(), line, text.substring(at + TERN.length()));
        return new MarkedFile(file.withText(above), down, alone, false);
    }
}
