// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next what to ask for the part behind it with; absent of the last
 */
public record ListPage<T>(List<T> rows, @Nullable String next) {
    /** The most rows that a page has. */
    public static final int MOST = 500;

    public ListPage {
        rows = List.copyOf(rows);
    }

    /** How many rows a page has of which somebody asked for so many. */
    public static int size(int asked) {
        return Math.clamp(asked, 1, MOST);
    }

    /**
     * Cuts off what was read beyond a page.
     *
     * @param rows up to one more than the page has
     * @param place where a row stands
     */
    public static <T> ListPage<T> of(List<T> rows, int size, Function<T, PageCursor> place) {
        if (rows.size() <= size) {
            return new ListPage<>(rows, null);
        }
        return new ListPage<>(rows.subList(0, size), place.apply(rows.get(size - 1)).text());
    }
}
