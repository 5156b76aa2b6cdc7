// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.revision.Revision;
import java.util.List;

/**
 * A revision that was written and proven, but not put into a folder yet.
 *
 * @param text of its file
 * @param losses what data it loses on its way up
 */
public record RevisionProposal(Revision revision, String text, List<String> losses) {
    public RevisionProposal {
        losses = List.copyOf(losses);
    }
}
