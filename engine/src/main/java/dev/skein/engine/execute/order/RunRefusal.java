// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.ForeignJournal;

/** A reason not to start on a database. */
public final class RunRefusal extends SkeinException {
    private static final long serialVersionUID = 1L;

    private final String told;

    public RunRefusal(String subject, String found, String remedy) {
        this(subject, found, remedy, found);
    }

    /**
     * @param told what was found, without row values
     */
    public RunRefusal(String subject, String found, String remedy, String told) {
        super(ErrorCode.FAILED, subject, found, remedy);
        this.told = told;
    }

    /** Of a journal that meets another place than its own. */
    public static RunRefusal foreign(
            String subject, DatabaseIdentity boundTo, DatabaseIdentity here) {
        return new RunRefusal(
                subject, ForeignJournal.found(boundTo, here), ForeignJournal.remedy(here));
    }

    /** What was found, without row values. */
    public String discreetFinding() {
        return told;
    }

    @Override
    public String discreet() {
        return remedy().isEmpty() ? told : told + ". " + remedy();
    }
}
