// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.Unreachable;
import java.util.Locale;

/** Tells a record that cannot be taken from a database or a moment that does not take any. */
public final class RecordFault {
    private static final int WORDS_LIMIT = 2_000;

    private RecordFault() {}

    /**
     * Whether a batch could not be stored for what its records hold: data that PostgreSQL refuses
     * (classes 21, 22, 23 and 54 of SQLSTATE), or what the code that reads them did not expect.
     */
    public static boolean is(RuntimeException e) {
        return switch (e) {
            case PgServerError error -> isOfData(error.sqlState());
            case Unreachable _, PositionTaken _ -> false;
            case SkeinException refused -> refused.code() != ErrorCode.INTERRUPTED;
            default -> true;
        };
    }

    private static boolean isOfData(String sqlState) {
        return switch (sqlState.substring(0, 2)) {
            case "21", "22", "23", "54" -> true;
            default -> false;
        };
    }

    /** The reason in words that a text column and a terminal take. */
    public static String reason(RuntimeException e) {
        var words =
                e instanceof SkeinException
                        ? String.valueOf(e.getMessage())
                        : e.getClass().getSimpleName() + ": " + e.getMessage();
        var clean = new StringBuilder();
        words.codePoints()
                .limit(WORDS_LIMIT)
                .forEach(c -> clean.append(isPlain(c) ? Character.toString(c) : escaped(c)));
        return clean.toString();
    }

    private static boolean isPlain(int c) {
        return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
    }

    private static String escaped(int c) {
        return "\\u%04x".formatted(c).toLowerCase(Locale.ROOT);
    }
}
