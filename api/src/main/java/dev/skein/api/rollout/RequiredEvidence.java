// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.engine.SkeinException;
import dev.skein.engine.event.RehearsalGrade;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a rollout asks of its revisions' rehearsals. */
public enum RequiredEvidence {
    /** Nothing. */
    NONE,
    /** Every way back was tried and leads back, or is said not to be there. */
    REHEARSED,
    /** Every way back was seen to bring the rows back. */
    DATA;

    /** Whether a grade is enough. */
    public boolean isMetBy(RehearsalGrade grade) {
        return switch (this) {
            case NONE -> true;
            case REHEARSED -> !grade.isBad();
            case DATA -> grade == RehearsalGrade.DATA_PROVEN;
        };
    }

    /** By its name in a rollout's text. */
    public static RequiredEvidence parse(String text) {
        return Arrays.stream(values())
                .filter(proof -> proof.words().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        SkeinException.usage(
                                "Rollout",
                                "'" + text + "' is no value for evidence",
                                "Write "
                                        + Arrays.stream(values())
                                                .map(RequiredEvidence::words)
                                                .collect(Collectors.joining(", "))));
    }

    private String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
