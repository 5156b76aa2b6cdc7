// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.rollout.PlanRows;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.TargetShare;
import dev.skein.api.store.DirectiveOutcome;
import dev.skein.simulation.time.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is asked of stores, by seed. */
final class Asks {
    static final List<String> UIDS = uids();
    static final String BUNDLE = "sha256:" + "0".repeat(64);

    private final Chance chance;
    private final String prefix;
    private final List<String> rollouts = new ArrayList<>();

    /** Something that is asked, in words and in deed. */
    record Ask(String words, Function<Stores, Object> deed) {
        Object of(Stores stores) {
            return deed.apply(stores);
        }

        @Override
        public String toString() {
            return words;
        }
    }

    Asks(Chance chance, String prefix) {
        this.chance = chance;
        this.prefix = prefix;
    }

    private static List<String> uids() {
        var uids = new ArrayList<String>();
        for (int i = 1; i <= 5; i++) {
            uids.add("%032x".formatted(i));
        }
        return uids;
    }

    /** Those that were created. */
    List<String> rollouts() {
        return List.copyOf(rollouts);
    }

    Ask next() {
        if (rollouts.size() < 2) {
            return create();
        }
        var id = chance.of(rollouts);
        return switch (chance.between(0, 12)) {
            case 0 -> command(id, new RolloutAction.Pause("p", "wait"));
            case 1 -> command(id, new RolloutAction.Resume("p", "go", aside()));
            case 2 -> skip(id);
            case 3 -> rarely(id);
            case 4 -> lease();
            case 10 -> beat();
            case 11 -> older();
            case 12 -> {
                var sites = List.of(chance.of(List.of("eu", "us")));
                yield new Ask("end for " + sites, stores -> stores.end(sites));
            }
            case 5, 6 -> {
                var late = chance.is(0.5);
                yield new Ask("advance " + id + " " + late, s -> s.advance(id, late));
            }
            default -> outcomes();
        };
    }

    private Ask create() {
        var id = prefix + "-" + (rollouts.size() + 1);
        rollouts.add(id);
        var budget = TargetShare.parse("1");
        var waves =
                List.of(
                        new RolloutSpec.WaveSpec(
                                "one", TargetShare.parse("2"), Duration.ZERO, budget, 2),
                        new RolloutSpec.WaveSpec(
                                "two", TargetShare.ALL, Duration.ofHours(1), budget, 2));
        var spec = new RolloutSpec(id, BUNDLE, "heads", "", null, null, waves, null);
        return new Ask(
                "create and approve " + id,
                stores ->
                        stores.create(spec, rows -> StoresAgreeTest.plan(UIDS, rows))
                                + stores.command(
                                        id,
                                        new RolloutAction.Approve(
                                                "other",
                                                StoresAgreeTest.plan(UIDS, PlanRows.NOWHERE)
                                                        .hash(spec))));
    }

    private static Ask command(String id, RolloutAction command) {
        return new Ask(command + " of " + id, stores -> stores.command(id, command));
    }

    private @Nullable Boolean aside() {
        return chance.is(0.3) ? null : Boolean.valueOf(chance.is(0.5));
    }

    private Ask skip(String id) {
        return command(id, new RolloutAction.Skip("p", "broken", List.of(chance.of(UIDS))));
    }

    private Ask rarely(String id) {
        if (chance.is(0.2)) {
            return command(id, new RolloutAction.Abort("p", "stop"));
        }
        return command(
                id,
                chance.is(0.5)
                        ? new RolloutAction.Silence("eu")
                        : new RolloutAction.Doubt("a backup is bad"));
    }

    private Ask lease() {
        var holder = chance.of(List.of("one", "two"));
        var lease = chance.is(0.5) ? Duration.ZERO : Duration.ofHours(1);
        return new Ask(
                "lease of " + holder + " for " + lease,
                stores -> {
                    long term = stores.lease(holder, lease);
                    return term + " " + (!lease.isZero() && stores.isHeld(holder, term));
                });
    }

    private Ask beat() {
        var site = chance.of(List.of("eu", "us"));
        var agent = site + "-" + chance.between(1, 2);
        var ago = chance.is(0.5) ? Duration.ZERO : Duration.ofHours(1);
        return new Ask(
                "beat of " + agent + " " + ago + " ago", stores -> stores.beat(agent, site, ago));
    }

    private Ask older() {
        var uid = chance.of(UIDS);
        return chance.is(0.5)
                ? new Ask("the time of " + uid + " is over", stores -> stores.late(uid))
                : new Ask("the site of " + uid + " is left", stores -> stores.left(uid));
    }

    private Ask outcomes() {
        var some = new ArrayList<DirectiveOutcome>();
        for (int i = 0; i < chance.between(1, 3); i++) {
            some.add(
                    new DirectiveOutcome(
                            chance.of(UIDS),
                            chance.is(0.3) ? null : chance.of(rollouts),
                            chance.between(0, 12),
                            chance.of(List.of(DirectiveOutcome.End.values())),
                            null,
                            null,
                            null));
        }
        return new Ask("outcomes " + some, stores -> stores.outcomes(some));
    }
}
