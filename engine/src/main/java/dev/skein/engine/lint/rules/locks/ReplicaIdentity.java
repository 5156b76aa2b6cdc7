// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A replica identity that replication cannot or will hardly bear. */
public final class ReplicaIdentity extends RuleBase {
    public ReplicaIdentity() {
        super("SK132", "replica-identity", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var change : effect.changed(ObjectKind.TABLE, Attribute.REPLICA_IDENTITY)) {
            var after = change.after();
            var now = after == null ? "" : after.text(Attribute.REPLICA_IDENTITY);
            if (now.equals("full") || now.equals("nothing")) {
                found.tell(
                        "subscribers of "
                                + change.id().name()
                                + (now.equals("full")
                                        ? " get every old row whole"
                                        : " lose updates"),
                        "REPLICA IDENTITY USING INDEX");
            }
        }
    }
}
