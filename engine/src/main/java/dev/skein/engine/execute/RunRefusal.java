// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.ForeignJournal;
import dev.skein.engine.journal.DatabaseIdentity;

/** A reason not to start on a database. */
final class RunRefusal extends SkeinException {
    private static final long serialVersionUID = 1L;

    private final String told;

    RunRefusal(String subject, String found, String remedy) {
        this(subject, found, remedy, found);
    }

    /**
     * @param told what was found, without row values
     */
    RunRefusal(String subject, String found, String remedy, String told) {
        super(ErrorCode.FAILED, subject, found, remedy);
        this.told = told;
    }

    /** Of a journal that meets another place than its own. */
    static RunRefusal foreign(String subject, DatabaseIdentity boundTo, DatabaseIdentity here) {
        return new RunRefusal(
                subject, ForeignJournal.found(boundTo, here), ForeignJournal.remedy(here));
    }

    /** What was found, without row values. */
    String told() {
        return told;
    }

    @Override
    public String discreet() {
        return remedy().isEmpty() ? told : told + ". " + remedy();
    }
}
