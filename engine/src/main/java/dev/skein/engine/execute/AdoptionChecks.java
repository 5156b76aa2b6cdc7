// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.JournalAdoption.Claim;
import dev.skein.engine.execute.check.RenameChecks;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.session.RenamedSchema;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.DatabaseIdentity;

/** Whether what somebody says of a journal's place can be true. */
final class AdoptionChecks {
    private final TenantSession contact;
    private final DatabaseIdentity before;
    private final DatabaseIdentity here;

    AdoptionChecks(TenantSession contact) {
        this.contact = contact;
        this.before = contact.boundTo();
        this.here = contact.identity();
    }

    void refuseUnfit(Claim claim, Scope scope) {
        RenameChecks.refuseMovedAway(contact.session(), scope);
        var isOwn = RenamedSchema.stranger(contact.session(), scope).isEmpty();
        switch (claim.reason()) {
            case MOVED -> refuseHere(isOwn && before.isSurely(here));
            case RESTORED -> refuseHere(isOwn && before.isSame(here));
            case REWOUND -> refuseElsewhere();
            case CLONE -> refuseUnlessAgreed(claim.agreed());
        }
    }

    private void refuseHere(boolean isHere) {
        if (isHere) {
            throw new RunRefusal(
                    contact.session().subject(),
                    "its journal belongs to this place",
                    "Nothing is to be said. If an agent says otherwise, say it with its server:"
                            + " --site SITE/SERVER. Only if its whole server was put back to an"
                            + " earlier moment: skein adopt --rewound");
        }
    }

    private void refuseElsewhere() {
        if (!before.isSame(here)) {
            throw new RunRefusal(
                    contact.session().subject(),
                    "its journal belongs to another place",
                    "Say what happened: skein adopt --moved, --restored or --clone");
        }
    }

    /**
     * A copy of a whole server looks like the original; said of the original by mistake, the
     * control plane loses the database that it knows.
     */
    private void refuseUnlessAgreed(boolean agreed) {
        if (before.isSame(here) && !agreed) {
            throw SkeinException.usage(
                    contact.session().subject(),
                    "its journal belongs to this place, and with a new uid it is another database:"
                            + " rollouts, findings and backups of the one that it was are not its"
                            + " own any more",
                    "Only if its whole server is a copy and the original lives on: skein adopt"
                            + " --clone --yes, for this database alone");
        }
    }
}
