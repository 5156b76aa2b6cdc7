// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

import picocli.CommandLine.TypeConversionException;

/** Numbers on the command line, refused without the names of Java's types. */
public final class WholeNumber {
    private WholeNumber() {}

    public static int ofInt(String text) {
        return (int) parse(text, 9);
    }

    public static long ofLong(String text) {
        return parse(text, 18);
    }

    private static long parse(String text, int digits) {
        if (!text.matches("\\d{1," + digits + "}")) {
            throw new TypeConversionException("'" + text + "' is no whole number");
        }
        return Long.parseLong(text);
    }
}
