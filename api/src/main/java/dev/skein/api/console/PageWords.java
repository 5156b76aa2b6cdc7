// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import dev.skein.api.query.RolloutViews.WaveView;
import io.quarkus.qute.TemplateExtension;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What pages say of values. */
@TemplateExtension
final class PageWords {
    private PageWords() {}

    /** With its first letter large. */
    static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** So many characters at most of what may be long. */
    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    /** The first so many of them at most. */
    static <T> List<T> first(List<T> all, int most) {
        return all.subList(0, Math.min(all.size(), most));
    }

    /** So many waves at most, the one that is worked on among them. */
    static List<WaveView> near(List<WaveView> waves, int most) {
        int current =
                IntStream.range(0, waves.size())
                        .filter(n -> waves.get(n).current())
                        .findFirst()
                        .orElse(0);
        int from = Math.clamp(current - most / 2L, 0, Math.max(0, waves.size() - most));
        return first(waves.subList(from, waves.size()), most);
    }
}
