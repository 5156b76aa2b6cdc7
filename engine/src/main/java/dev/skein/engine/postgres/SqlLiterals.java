// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/** Literals for SQL texts. Sessions of ours keep {@code standard_conforming_strings} on. */
public final class SqlLiterals {
    /**
     * Makes what follows in the same message the login's own doing, whatever role it has by
     * default: sessions belong to logins, and only theirs are seen and ended.
     */
    public static final String AS_LOGIN = "SELECT set_config('role', 'none', true); ";

    private SqlLiterals() {}

    /** A text literal. */
    public static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A text literal, or NULL. */
    public static String nullable(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "NULL" : text(value);
    }

    /** A bytea literal. */
    public static String bytes(byte[] value) {
        return "'\\x" + dev.skein.engine.Digests.hex(value) + "'::bytea";
    }

    /** An array of texts. */
    public static String array(Collection<String> values) {
        return "ARRAY["
                + values.stream().map(SqlLiterals::text).collect(Collectors.joining(","))
                + "]::text[]";
    }

    /** A quoted identifier. */
    public static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }
}
