// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.testing.OnApiDatabase;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.service.kafka.RecordTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetDatabasesTest extends OnApiDatabase {
    private static final Instant AT = Instant.parse("2026-11-28T00:00:00Z");
    private static final String UID = "a".repeat(32);
    private static final String BLIND = "nothing accepts connections there";

    private final FleetStore fleet = new FleetStore();

    @BeforeEach
    void schema() {
        migrate("heads");
    }

    private void report(String uid, String site, int minute, @Nullable String problem) {
        var report =
                new DatabaseReport(
                        uid,
                        site,
                        "main",
                        "shop",
                        site + "-1",
                        List.of("a"),
                        "i",
                        3,
                        null,
                        0,
                        null,
                        null,
                        1,
                        15,
                        Map.of(),
                        problem,
                        null,
                        AT.plus(Duration.ofMinutes(minute)));
        db.run(tx ->
                fleet.reports(
                        tx,
                        List.of(new FleetStore.Told<>(report, new RecordTime(report.at(), true)))));
    }

    private FleetDatabase database(String uid) {
        Map<String, FleetDatabase> found = db.call(tx -> fleet.of(tx, List.of(uid)));
        return Objects.requireNonNull(found.get(uid));
    }

    private String problem() {
        return String.valueOf(database(UID).problem());
    }

    @Test
    void aCopyAtAnotherSiteIsToldUntilOnlyOneSiteSeesIt() {
        report(UID, "eu", 0, null);
        assertThat(database(UID).problem()).isNull();
        report(UID, "us", 1, null);
        assertThat(problem())
                .contains("that of shop on server main of site eu, too")
                .contains("skein adopt --clone --yes");
        report(UID, "us", 2, null);
        assertThat(problem()).as("whoever speaks twice").contains("of site eu");
        report(UID, "eu", 5, null);
        assertThat(problem()).contains("of site us");
        report(UID, "eu", 10, null);
        assertThat(problem()).contains("of site us");
        report(UID, "eu", 15, null);
        assertThat(database(UID).problem()).as("the copy has a uid of its own").isNull();
    }

    @Test
    void whatOneSiteCannotLookIntoSaysNothingAgainstAnother() {
        report(UID, "eu", 0, null);
        report(UID, "us", 1, BLIND);
        assertThat(database(UID)).matches(one -> one.site().equals("eu") && one.problem() == null);
        report(UID, "eu", 2, BLIND); // its server is gone, and a standby takes over elsewhere
        report(UID, "us", 3, null);
        assertThat(database(UID)).matches(one -> one.site().equals("us") && one.problem() == null);
        report(UID, "eu", 7, "it is gone from server main");
        assertThat(database(UID)).matches(one -> one.site().equals("us") && one.problem() == null);
        report(UID, "eu", 30, BLIND);
        assertThat(problem()).as("nobody else has seen it for long").isEqualTo(BLIND);
    }

    @Test
    void whatItsPlaceIsNoLongerIsGone() {
        var place = "b".repeat(32);
        report(place, "eu", 0, "its journal belongs to another place");
        report(UID, "eu", 1, BLIND);
        assertThat(database(place).problem()).contains("belongs to");
        report(UID, "us", 2, null);
        assertThat(database(place).problem()).contains("belongs to");
        report(UID, "eu", 20, null);
        assertThat(database(place).problem()).startsWith("it is gone from server main");
        assertThat(database(UID).problem()).isNull();
    }
}
