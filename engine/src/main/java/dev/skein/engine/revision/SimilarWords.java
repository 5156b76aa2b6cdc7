// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What somebody may have meant who wrote a word that is not known. */
public final class SimilarWords {
    private static final int SHORT_WORD = 4;

    private SimilarWords() {}

    /**
     * The known word that is nearest, as the end of a sentence.
     *
     * @return {@code "; did you mean 'WORD'?"}, or nothing where none is near
     */
    public static String to(String word, Collection<String> known) {
        return known.stream()
                .filter(one -> distance(word, one) <= (one.length() < SHORT_WORD ? 1 : 2))
                .min(Comparator.comparingInt(one -> distance(word, one)))
                .map(one -> "; did you mean '" + one + "'?")
                .orElse("");
    }

    private static int distance(String a, String b) {
        return EditDistance.between(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
    }
}
