// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.plan;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.util.List;

/** A database is at revisions that the graph does not have. */
public final class UnknownHeads extends SkeinException {
    private static final long serialVersionUID = 1L;

    private final List<String> unknown;

    UnknownHeads(List<String> unknown) {
        this(
                unknown,
                "The database",
                "it is at " + String.join(", ", unknown) + ", which these revisions do not have");
    }

    /** The same, with what is known about how they came there. */
    public UnknownHeads(List<String> unknown, String subject, String found) {
        super(
                ErrorCode.FAILED,
                subject,
                found,
                "Get the missing files, or set the journal right: skein stamp --purge HEADS");
        this.unknown = List.copyOf(unknown);
    }

    public List<String> unknown() {
        return unknown;
    }
}
