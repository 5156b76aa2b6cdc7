// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.SkeinException;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The identity of a catalog: databases with equal fingerprints have the same schema.
 *
 * @param format version of the canonical text below
 * @param major server's major version; servers of different majors print definitions differently
 * @param sha256 lower-case hexadecimal SHA-256 over the canonical catalog
 */
public record Fingerprint(int format, int major, String sha256) {
    /** The version of the canonical text that this program writes. */
    public static final int FORMAT = 6;

    /** The oldest version whose text this program can still make. */
    private static final int OLDEST = 4;

    private static final int FIVE = 5;
    private static final int SIX = 6;

    private static final Set<ObjectKind> SINCE_FIVE =
            EnumSet.of(
                    ObjectKind.CONSTRAINT_TRIGGER,
                    ObjectKind.OPERATOR,
                    ObjectKind.CAST,
                    ObjectKind.TEXT_SEARCH_DICTIONARY,
                    ObjectKind.TEXT_SEARCH_CONFIGURATION,
                    ObjectKind.CONVERSION);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})-(\\d{1,9})-([0-9a-f]{64})");

    /**
     * Reads {@link #toString}'s form.
     *
     * @throws SkeinException of wrong usage if it has not this form
     */
    public static Fingerprint parse(String text) {
        var m = FORM.matcher(text);
        if (!m.matches()) {
            throw SkeinException.usage("Fingerprint '" + text + "'", "it is none", "");
        }
        return new Fingerprint(
                Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), m.group(3));
    }

    /**
     * Whether another one was made in the same way by the same major version, so that a difference
     * between the two means one of the schemas.
     */
    public boolean isComparable(Fingerprint other) {
        return format == other.format && major == other.major;
    }

    /**
     * Whether this program would make the same of the same schema, on a server of a major version.
     */
    public boolean isOf(int serverMajor) {
        return isCurrent() && major == serverMajor;
    }

    /** Whether this program can hold a schema against it, on a server of a major version. */
    public boolean isReadableOn(int serverMajor) {
        return format >= OLDEST && format <= FORMAT && major == serverMajor;
    }

    /** Whether it is of the version that this program writes. */
    public boolean isCurrent() {
        return format == FORMAT;
    }

    /** The kinds that the text of a version lacks. */
    static Set<ObjectKind> lacking(int format) {
        return format < FIVE ? SINCE_FIVE : Set.of();
    }

    /** Whether what partitions have as copies of what their table has is no part of the text. */
    static boolean passesOverCopies(int format) {
        return format >= SIX;
    }

    /**
     * Whether what is kept beside an object is part of the text: the options of a table's toast
     * table, and what is said of a schema that was there from the beginning.
     */
    static boolean seesWhatStandsBesides(int format) {
        return format >= SIX;
    }

    @Override
    public String toString() {
        return format + "-" + major + "-" + sha256;
    }
}
