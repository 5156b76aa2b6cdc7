// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

/** Judges what statements were seen to do. */
public interface Rule {
    /** {@code SK} and three digits; never given to another rule. */
    String id();

    /** A name of a few words, joined by hyphens. */
    String name();

    /** How much its findings weigh if nobody says otherwise. */
    Level level();

    /** Judges one statement; what it finds it tells {@code found}. */
    void judge(Effect effect, Found found);

    /** Hears of findings on the statement that is judged. */
    interface Found {
        /**
         * A finding.
         *
         * @param what is the matter, with the names of what it is about
         * @param instead what to do
         */
        void tell(String what, String instead);
    }
}
