// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.WaveTally;
import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.TargetStanding;
import dev.skein.engine.execute.order.ApprovedPath;
import dev.skein.simulation.site.SimulationRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules with one of them broken, and how that shows. */
enum Mutant {
    OLDER_OUTCOME_COUNTED("I4") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public boolean counts(TargetStanding target, DirectiveOutcome outcome) {
                    return target.counts(outcome)
                            || (target.state().equals("open")
                                    && outcome.end() != DirectiveOutcome.End.HELD);
                }
            };
        }
    },
    DOUBLES_COUNTED("I10") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public boolean counts(TargetStanding target, DirectiveOutcome outcome) {
                    return target.counts(outcome)
                            || (target.generation() != null
                                    && !target.state().equals("aside")
                                    && outcome.end() != DirectiveOutcome.End.HELD);
                }
            };
        }
    },
    WAVE_NOT_AWAITED("I4") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public WaveTally tally(WaveTally counted) {
                    int ended = counted.succeeded() + counted.failed() + counted.aside();
                    return ended == 0
                            ? counted
                            : new WaveTally(
                                    counted.wave(),
                                    ended,
                                    0,
                                    counted.succeeded(),
                                    counted.failed(),
                                    counted.aside());
                }
            };
        }
    },
    SOAKED_BY_OWN_CLOCK("I4") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public Instant now(Instant database, Instant own) {
                    return own;
                }
            };
        }
    },
    APPROVAL_NOT_COMPARED("I7") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public RolloutAction asked(RolloutAction command, Rollout state) {
                    return command instanceof RolloutAction.Approve approve
                                    && state instanceof Rollout.Proposed proposed
                            ? new RolloutAction.Approve(approve.by(), proposed.terms().planHash())
                            : command;
                }
            };
        }
    },
    PATH_NOT_COMPARED("I8") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public boolean covers(@Nullable ApprovedPath approved, List<String> steps) {
                    return true;
                }
            };
        }
    },
    NO_FENCE("I6") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public boolean accepts(long accepted, long generation) {
                    return true;
                }
            };
        }
    },
    HOLD_NOT_FENCED("I6") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public boolean fencesHolds() {
                    return false;
                }
            };
        }
    },
    LEASE_NOT_CHECKED("I10") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public boolean leads(boolean told) {
                    return true;
                }

                @Override
                public boolean sends(boolean newest) {
                    return true;
                }
            };
        }
    },
    POSITION_BEFORE_EFFECT("I10") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public boolean keepsPositionWithEffect() {
                    return false;
                }
            };
        }
    },
    SILENCE_OF_WHO_DID_NOT_LISTEN("Silence") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public Duration listened(Duration told) {
                    return Duration.ofDays(1);
                }
            };
        }
    },
    WHAT_IS_GONE_NOT_ANSWERED("I10") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public boolean answersForWhatIsGone() {
                    return false;
                }
            };
        }
    },
    SITE_THAT_LEFT_AWAITED("I10") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public List<String> awaited(List<String> all, List<String> left) {
                    return all;
                }
            };
        }
    },
    SENT_NOWHERE_FOR_EVER("I10") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public boolean endsWhatGoesNowhere() {
                    return false;
                }
            };
        }
    },
    MORE_TAKEN_BACK("I8") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public RolloutSpec.Undo takesBack(RolloutSpec.Undo asked) {
                    return new RolloutSpec.Undo(asked.rollout(), null, null, asked.reason(), null);
                }
            };
        }
    },
    LESS_TAKEN_BACK("I8") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public RolloutSpec.Undo takesBack(RolloutSpec.Undo asked) {
                    return new RolloutSpec.Undo(
                            asked.rollout(), "rest", asked.database(), asked.reason(), null);
                }
            };
        }
    },
    LOSER_NOT_UNDONE("I7") {
        @Override
        SimulationRules rules() {
            return new SimulationRules() {
                @Override
                public boolean undoesWhatLost() {
                    return false;
                }
            };
        }
    };

    private final String shows;

    Mutant(String shows) {
        this.shows = shows;
    }

    /** The rules with this one broken. */
    abstract SimulationRules rules();

    /** Which invariant breaks with it. */
    String shows() {
        return shows;
    }
}
