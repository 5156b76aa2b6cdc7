// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where commands write: results to standard output, everything else to standard error. */
public final class Output {
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int NARROWEST = 40;

    private final PrintStream results;
    private final PrintStream talk;
    private final boolean terminal;
    private final boolean colour;
    private final int columns;
    private volatile boolean working;

    private Output(
            PrintStream results, PrintStream talk, boolean terminal, boolean colour, int columns) {
        this.columns = columns;
        this.results = results;
        this.talk = talk;
        this.terminal = terminal;
        this.colour = colour;
    }

    /** The process's own streams; colours where a person looks and NO_COLOR is not set. */
    public static Output system() {
        var terminal = isTerminal(System.getProperty("skein.terminal"));
        var colour = terminal && System.getenv("NO_COLOR") == null;
        return new Output(
                utf8(FileDescriptor.out), utf8(FileDescriptor.err), terminal, colour, columns());
    }

    /** Whatever the locale: what is written to a file is read again elsewhere. */
    private static PrintStream utf8(FileDescriptor to) {
        return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
    }

    /** The launcher tells; asking the JVM for its console loads a line editor. */
    private static boolean isTerminal(@Nullable String told) {
        if (told != null) {
            return Boolean.parseBoolean(told);
        }
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /** Given streams, without colours. */
    public static Output plain(PrintStream results, PrintStream talk) {
        return new Output(results, talk, false, false, UNBOUNDED);
    }

    /** Given streams as a terminal of so many columns, without colours. */
    public static Output terminal(PrintStream results, PrintStream talk, int columns) {
        return new Output(results, talk, true, false, columns);
    }

    /** As the launcher found it; less than a word's width helps nobody. */
    private static int columns() {
        int told = Integer.getInteger("skein.columns", UNBOUNDED);
        return told <= 0 ? UNBOUNDED : Math.max(NARROWEST, told);
    }

    /** Where results go, for what writes by itself. */
    public PrintWriter results() {
        return new PrintWriter(results, true, StandardCharsets.UTF_8);
    }

    /** Where the rest goes. */
    public PrintWriter talk() {
        return new PrintWriter(talk, true, StandardCharsets.UTF_8);
    }

    /** A line of the result. */
    public void result(String line) {
        results.println(line);
    }

    /** The result as JSON. */
    public void json(Object value) {
        results.println(Json.text(value));
    }

    /** What went wrong, and what to do. */
    public void error(SkeinException e) {
        say(bad("Error: ") + strong(e.subject()) + ": " + e.found());
        if (!e.remedy().isEmpty()) {
            say("  " + e.remedy());
        }
    }

    /** A line for the person who waits. */
    public void say(String line) {
        worked();
        talk.println(line);
    }

    /**
     * How many columns there are.
     *
     * @param most where there are more, or nobody looks
     */
    public int width(int most) {
        return Math.min(most, columns);
    }

    public boolean isTerminal() {
        return terminal;
    }

    /** Replaces the last lines on a terminal, so that progress stays in its place. */
    public void redraw(int lines, String text) {
        if (lines > 0) {
            talk.print("\u001b[" + lines + "A\u001b[J");
        }
        talk.print(text);
        talk.flush();
    }

    /** Tells a person who waits what is being done, in a line that the next one replaces. */
    public void working(String what) {
        if (terminal) {
            int room = width(Integer.MAX_VALUE) - 1; // a line that wraps could not be taken away
            var shown = what.length() > room ? what.substring(0, room - 1) + "…" : what;
            talk.print("\r\u001b[K" + dim(shown));
            working = true;
            talk.flush();
        }
    }

    /** Takes that line away. */
    public void worked() {
        if (working) {
            working = false;
            talk.print("\r\u001b[K");
            talk.flush();
        }
    }

    public String good(String text) {
        return paint(text, "32");
    }

    public String bad(String text) {
        return paint(text, "31");
    }

    public String dim(String text) {
        return paint(text, "2");
    }

    public String strong(String text) {
        return paint(text, "1");
    }

    private String paint(String text, String code) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
