// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's text form of an array of texts. */
final class ArrayText {
    private final String text;
    private int at = 1;

    private ArrayText(String text) {
        this.text = text;
    }

    /** The elements; null for those that are NULL. */
    static List<@Nullable String> elements(String text) {
        return new ArrayText(text).read();
    }

    private List<@Nullable String> read() {
        var elements = new ArrayList<@Nullable String>();
        while (at < text.length() - 1) {
            elements.add(text.charAt(at) == '"' ? quoted() : bare());
            at++; // the comma, or the closing brace
        }
        return elements;
    }

    private String quoted() {
        var element = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            element.append(text.charAt(at));
        }
        at++;
        return element.toString();
    }

    private @Nullable String bare() {
        int end = text.indexOf(',', at);
        var element = text.substring(at, end < 0 ? text.length() - 1 : end);
        at += element.length();
        return element.equals("NULL") ? null : element;
    }
}
