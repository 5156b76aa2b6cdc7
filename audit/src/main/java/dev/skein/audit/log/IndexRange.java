// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import java.util.ArrayList;
import java.util.List;

/** Entries from an index on and below another one. */
record IndexRange(long first, long below) {
    boolean isEmpty() {
        return first >= below;
    }

    /** What both have; it may be nothing. */
    IndexRange within(IndexRange other) {
        return new IndexRange(Math.max(first, other.first), Math.min(below, other.below));
    }

    /**
     * Puts neighbours together, one, one, two, four and so on: who looks for something from one end
     * looks at little first, and however far it is, asks a few times only.
     *
     * @param ranges in a row, in either direction
     */
    static List<IndexRange> growing(List<IndexRange> ranges) {
        var grown = new ArrayList<IndexRange>();
        for (int from = 0; from < ranges.size(); ) {
            int to = Math.min(ranges.size(), from + Math.max(1, from));
            grown.add(around(ranges.subList(from, to)));
            from = to;
        }
        return grown;
    }

    /** The smallest one that has all of some. */
    static IndexRange around(List<IndexRange> ranges) {
        long first = ranges.stream().mapToLong(IndexRange::first).min().orElse(0);
        long below = ranges.stream().mapToLong(IndexRange::below).max().orElse(0);
        return new IndexRange(first, below);
    }
}
