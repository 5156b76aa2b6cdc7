// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Reads the options of a COPY, in the newer form in parentheses or the older one. */
final class CopyOptions {
    private static final String NO_DELIMITER = "\\.abcdefghijklmnopqrstuvwxyz0123456789\r\n";

    private final TokenCursor rest;
    private final CopyValues values;
    private final Set<String> forceNull = new HashSet<>();
    private final Set<String> forceNotNull = new HashSet<>();
    private String delimiter = "";
    private String nullMark = "";
    private boolean nullSaid;
    private boolean csv;
    private boolean header;
    private String quote = "\"";
    private String escape = "";

    private CopyOptions(TokenCursor rest, CopyValues values) {
        this.rest = rest;
        this.values = values;
    }

    /**
     * Reads them to the end of the statement.
     *
     * @throws ScriptError for one that cannot be kept
     */
    static CopyFormat read(TokenCursor rest, CopyValues values) {
        var options = new CopyOptions(rest, values);
        options.readAll();
        options.check();
        return options.format();
    }

    private void readAll() {
        rest.take("WITH");
        if (rest.takeSign('(')) {
            do {
                option();
            } while (rest.takeSign(','));
            if (!rest.takeSign(')') || !rest.isAtEnd()) {
                throw values.refused(rest.skip());
            }
        } else {
            while (!rest.isAtEnd()) {
                olderOption();
            }
        }
    }

    private void option() {
        var name = rest.skip().toUpperCase(Locale.ROOT);
        switch (name) {
            case "FORMAT" -> format(values.word());
            case "DELIMITER" -> delimiter = values.text();
            case "NULL" -> nullIs(values.text());
            case "QUOTE" -> quote = values.text();
            case "ESCAPE" -> escape = values.text();
            case "HEADER" -> header = values.isTrue();
            case "FORCE_NULL" -> values.names(forceNull);
            case "FORCE_NOT_NULL" -> values.names(forceNotNull);
            case "ENCODING" -> encoding(values.text());
            case "FREEZE" -> {
                if (values.isTrue()) {
                    throw values.refused(name);
                }
            }
            default -> throw values.refused(name);
        }
    }

    private void olderOption() {
        var name = rest.skip().toUpperCase(Locale.ROOT);
        if (name.equals("USING")) {
            name = rest.skip().toUpperCase(Locale.ROOT);
        }
        switch (name) {
            case "CSV" -> csv = true;
            case "HEADER" -> header = true;
            case "DELIMITER", "DELIMITERS" -> delimiter = values.textBehindAs();
            case "NULL" -> nullIs(values.textBehindAs());
            case "QUOTE" -> quote = values.textBehindAs();
            case "ESCAPE" -> escape = values.textBehindAs();
            case "ENCODING" -> encoding(values.text());
            case "FORCE" -> {
                boolean not = rest.take("NOT");
                if (!rest.take("NULL")) {
                    throw values.refused("FORCE " + rest.skip());
                }
                values.list(not ? forceNotNull : forceNull);
            }
            default -> throw values.refused(name);
        }
    }

    private void nullIs(String mark) {
        nullSaid = true;
        nullMark = mark;
    }

    private void format(String format) {
        csv =
                switch (format) {
                    case "TEXT" -> false;
                    case "CSV" -> true;
                    default -> throw values.refused("FORMAT " + format);
                };
    }

    private void encoding(String name) {
        var plain = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        if (!plain.equals("UTF8") && !plain.equals("UNICODE")) {
            throw values.refused("ENCODING '" + name + "'");
        }
    }

    private void check() {
        boolean onlyCsv = !forceNull.isEmpty() || !forceNotNull.isEmpty() || !escape.isEmpty();
        if (!csv && (onlyCsv || !quote.equals("\""))) {
            throw values.refused("an option of the csv format, in text format,");
        }
        checkMark("QUOTE", quote);
        checkMark("ESCAPE", escape.isEmpty() ? quote : escape);
        var mark = String.valueOf(delimiterOrUsual());
        checkMark("DELIMITER", delimiter.isEmpty() ? mark : delimiter);
        boolean clashes = csv ? "\r\n".contains(mark) : NO_DELIMITER.contains(mark);
        if (clashes || nullOrUsual().contains(mark) || (csv && mark.equals(quote))) {
            throw values.refused("DELIMITER '" + mark + "'");
        }
    }

    private void checkMark(String name, String value) {
        if (value.length() != 1 || value.charAt(0) > 127) {
            throw values.refused(name + " '" + value + "'");
        }
    }

    private CopyFormat format() {
        return new CopyFormat(
                csv,
                header,
                !csv && !header && !nullSaid && delimiter.isEmpty(),
                delimiterOrUsual(),
                quote.charAt(0),
                escape.isEmpty() ? quote.charAt(0) : escape.charAt(0),
                nullOrUsual(),
                forceNull,
                forceNotNull);
    }

    private char delimiterOrUsual() {
        return delimiter.isEmpty() ? (csv ? ',' : '\t') : delimiter.charAt(0);
    }

    private String nullOrUsual() {
        return nullSaid ? nullMark : csv ? "" : "\\N";
    }
}
