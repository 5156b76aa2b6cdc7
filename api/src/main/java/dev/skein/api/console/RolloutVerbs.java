// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.console;

import dev.skein.api.command.Roles;
import java.util.List;
import java.util.function.Predicate;

/** What somebody may do with a rollout. */
final class RolloutVerbs {
    /** The roles that it depends on. */
    static final List<String> ROLES = List.of(Roles.APPROVER, Roles.OPERATOR);

    private RolloutVerbs() {}

    /**
     * The verbs that are shown.
     *
     * @param status of the rollout
     * @param hasRole which roles the person has
     */
    static List<String> of(String status, Predicate<String> hasRole) {
        var operator = hasRole.test(Roles.OPERATOR);
        return switch (status) {
            case "proposed" ->
                    hasRole.test(Roles.APPROVER)
                            ? operator ? List.of("approve", "abort") : List.of("approve")
                            : operator ? List.of("abort") : List.of();
            case "running", "soaking" -> operator ? List.of("pause", "abort") : List.of();
            case "halted", "paused" ->
                    operator ? List.of("resume", "abort", "rollback") : List.of();
            default -> operator ? List.of("rollback") : List.of();
        };
    }
}
