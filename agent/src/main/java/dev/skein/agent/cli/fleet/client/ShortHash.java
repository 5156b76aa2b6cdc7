// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

/** The beginning of a hash, for people. */
public final class ShortHash {
    private static final int DIGITS = 12;

    private ShortHash() {}

    /**
     * The beginning.
     *
     * @param text a hash, with what it is of before it; empty for none
     */
    public static String of(String text) {
        if (text.isEmpty()) {
            return "-";
        }
        var hash = text.replaceAll("^.*[-:]", "");
        return hash.substring(0, Math.min(DIGITS, hash.length()));
    }
}
