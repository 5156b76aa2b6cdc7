// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.catalog.ItemId;

/** Judges what statements were seen to do. */
public interface LintRule {
    /** {@code SK} and three digits; never given to another rule. */
    String id();

    /** A name of a few words, joined by hyphens. */
    String name();

    /** How much its findings weigh if nobody says otherwise. */
    LintLevel level();

    /** Whether it judges what all statements of a revision did together. */
    default boolean isAboutWhole() {
        return false;
    }

    /** Whether it judges only what nothing follows; what it looks for may be put right later. */
    default boolean isAboutHead() {
        return false;
    }

    /** Judges one statement, or all together; what it finds it tells {@code found}. */
    void judge(StatementEffect effect, Found found);

    /** Hears of findings on the statement that is judged. */
    interface Found {
        /**
         * A finding.
         *
         * @param what is the matter, with the names of what it is about
         * @param instead what to do
         */
        void tell(String what, String instead);

        /** A finding on whichever statement made, or changed, an object. */
        void tellOf(ItemId object, String what, String instead);
    }
}
