// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.service.page.PageCursor;
import java.util.List;

/** Where a database stands in the order of a rollout. */
record TargetPlace(int wave, int place) {
    private static final String LIST = "targets of ";
    private static final TargetPlace BEFORE_ALL = new TargetPlace(Integer.MIN_VALUE, 0);

    static TargetPlace of(TargetRow row) {
        return new TargetPlace(row.wave, row.place);
    }

    /** Where a page ended; before all for an empty text. */
    static TargetPlace after(String cursor, String rollout) {
        if (cursor.isEmpty()) {
            return BEFORE_ALL;
        }
        var keys = PageCursor.parse(cursor, LIST + rollout, 2).numbers();
        return new TargetPlace(keys.getFirst(), keys.getLast());
    }

    PageCursor cursor(String rollout) {
        return new PageCursor(LIST + rollout, List.of(String.valueOf(wave), String.valueOf(place)));
    }
}
