// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import io.quarkus.qute.TemplateExtension;
import java.util.Locale;

/** What pages say of values. */
@TemplateExtension
final class PageWords {
    private PageWords() {}

    /** With its first letter large. */
    static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
