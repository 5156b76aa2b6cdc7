// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Rule;
import java.util.List;

/** Every rule, by id. */
public final class Rules {
    /** In the order of their ids. */
    public static final List<Rule> ALL =
            List.of(
                    new IndexBlocksWrites(),
                    new DropIndexBlocks(),
                    new ReindexBlocks(),
                    new PrimaryKeyBlocks(),
                    new UniqueBlocks(),
                    new ExclusionBlocks(),
                    new CheckScans(),
                    new NotNullScans(),
                    new ForeignKeyScans(),
                    new ValidateTooSoon(),
                    new Rewrites(),
                    new CreateTrigger(),
                    new DetachBlocks(),
                    new MoreAfterLock(),
                    new SeveralLocks(),
                    new NewForeignKey(),
                    new RefreshBlocks(),
                    new Truncates(),
                    new RowSecurityAlone(),
                    new ReplicaIdentity(),
                    new AutovacuumOff(),
                    new DropTable(),
                    new DropColumn(),
                    new DropSchema(),
                    new Cascades(),
                    new DropConstraint(),
                    new DropNotNull(),
                    new DropType(),
                    new NotNullWithoutDefault(),
                    new RenameColumn(),
                    new RenameTable(),
                    new ChangeType(),
                    new DropDefault(),
                    new EveryRow(),
                    new ChangeWithData(),
                    new PrefersJsonb(),
                    new PadsText(),
                    new LosesZone(),
                    new SmallKey(),
                    new SerialColumn(),
                    new NoPrimaryKey());

    private Rules() {}
}
