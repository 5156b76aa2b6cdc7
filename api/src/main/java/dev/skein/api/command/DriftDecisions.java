// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.store.DriftStore;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import dev.skein.service.problem.NotThere;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people decide about drift, whichever door they come through. */
@ApplicationScoped
public class DriftDecisions {
    private static final Pattern PRINT = Pattern.compile("\\d+-\\d+-[0-9a-f]{64}");
    private static final int LONGEST = 1000;
    private static final Duration LONGEST_IGNORED = Duration.ofDays(3_660);
    private static final int MOST = 5000;

    private final Db db;
    private final DriftStore drift;
    private final SecurityIdentity identity;
    private final Clock clock;

    public DriftDecisions(Db db, DriftStore drift, SecurityIdentity identity, Clock clock) {
        this.db = db;
        this.drift = drift;
        this.identity = identity;
        this.clock = clock;
    }

    /** A database and the fingerprint that it was seen with. */
    public record Drifted(@Nullable String uid, @Nullable String observed) {}

    /**
     * What is decided.
     *
     * @param until when an ignored finding comes back; needed to ignore
     */
    public record Asked(
            @Nullable List<Drifted> databases, @Nullable String reason, @Nullable Instant until) {}

    /** From now on, this is how they must be. */
    @RolesAllowed(Roles.OPERATOR)
    public void adopt(@Nullable Asked asked) {
        decide("adopted", asked);
    }

    /** Nobody wants to hear of it for some time. */
    @RolesAllowed(Roles.OPERATOR)
    public void ignore(@Nullable Asked asked) {
        var until = asked == null ? null : asked.until();
        if (until == null || until.isBefore(clock.instant())) {
            throw SkeinException.usage(
                    "Drift", "there is no time until which it is ignored", "Send one to come");
        }
        if (until.isAfter(clock.instant().plus(LONGEST_IGNORED))) {
            throw SkeinException.usage(
                    "Drift",
                    "it is to be ignored for more than ten years",
                    "Adopt it instead: skein drift adopt");
        }
        decide("ignored", asked);
    }

    private void decide(String kind, @Nullable Asked asked) {
        if (asked == null) {
            throw unnamed();
        }
        var databases = databases(asked);
        var reason = reason(asked);
        db.run(tx -> databases.forEach(one -> decide(tx, one, kind, reason, asked.until())));
    }

    private static SkeinException unnamed() {
        return SkeinException.usage(
                "Drift", "it names no databases, or more than " + MOST, "Name them");
    }

    private static List<Drifted> databases(Asked asked) {
        var databases = asked.databases();
        if (databases == null || databases.isEmpty() || databases.size() > MOST) {
            throw unnamed();
        }
        return databases;
    }

    private static String reason(Asked asked) {
        var reason = asked.reason();
        if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
            throw SkeinException.usage(
                    "Drift",
                    "there is no reason given, or one longer than " + LONGEST + " characters",
                    "Give one");
        }
        return reason;
    }

    private void decide(
            Db.Tx tx, Drifted one, String kind, String reason, @Nullable Instant until) {
        var uid = one.uid();
        var observed = one.observed();
        if (uid == null || observed == null || !PRINT.matcher(observed).matches()) {
            throw SkeinException.usage("Drift", "no uid or no fingerprint: " + one, "Send both");
        }
        if (!drift.knows(tx, uid)) {
            throw new NotThere("Database " + uid, "See: skein targets");
        }
        var decided = new DriftStore.Decided(uid, observed, kind, reason, until);
        drift.put(tx, decided, identity.getPrincipal().getName());
    }
}
