// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.rollout.BackupChoice;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.event.Directive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rollout's directives say, of all its databases and of each. */
public final class DirectiveContent {
    private DirectiveContent() {}

    /** What every directive of a rollout says. */
    public record Order(
            String rollout,
            String bundle,
            String target,
            String actor,
            boolean takesBack,
            BackupChoice saving) {}

    /**
     * What is particular to one of its databases.
     *
     * @param additive whether all of its path is known to be
     */
    public record Target(
            List<String> path,
            @Nullable String restore,
            boolean additive,
            @Nullable List<String> heads) {}

    /**
     * What a directive of a rollout says to one of its databases.
     *
     * @param adopted a change by hand that was adopted, and is what was last seen; null for none
     */
    public static Directive directive(
            Order order,
            Target target,
            String uid,
            long generation,
            Directive.Action action,
            @Nullable String adopted) {
        var walks = target.restore() == null && !target.path().isEmpty();
        return new Directive(
                uid,
                generation,
                action,
                order.rollout(),
                order.bundle(),
                order.target(),
                order.actor(),
                order.takesBack() && walks ? target.path() : null,
                extent(order.saving(), target),
                target.restore(),
                null,
                adopted,
                walks ? target.path() : null,
                target.heads());
    }

    private static @Nullable BackupExtent extent(BackupChoice saving, Target target) {
        return switch (saving.policy()) {
            case NONE -> null;
            case FULL -> BackupExtent.FULL;
            case SCHEMA -> BackupExtent.SCHEMA;
            case AUTO -> target.additive() ? BackupExtent.SCHEMA : BackupExtent.FULL;
        };
    }
}
