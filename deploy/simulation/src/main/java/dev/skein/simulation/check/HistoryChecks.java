// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import java.util.ArrayList;
import java.util.List;

/** All that must hold. */
public final class HistoryChecks {
    private final HistoryEvidence evidence;

    public HistoryChecks(HistoryEvidence evidence) {
        this.evidence = evidence;
    }

    /** What does not. */
    public List<String> broken() {
        var broken = new ArrayList<String>();
        new JournalCheck(evidence, broken).check();
        new WaveCheck(evidence, broken).check();
        new OutcomeCheck(evidence, broken).check();
        new ApprovalCheck(evidence, broken).check();
        new UndoCheck(evidence, broken).check();
        new CommandCheck(evidence, broken).check();
        new SilenceCheck(evidence, broken).check();
        new QuietCheck(evidence, broken).check();
        return broken;
    }
}
