// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.skein.engine.postgres.DatabaseAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class DatabaseLooksTest {
    private static DatabaseLook look(String server, String name, String uid) {
        return look(server, name, uid, 5);
    }

    private static DatabaseLook look(String server, String name, String uid, long oid) {
        var address = DatabaseAddress.parse("postgresql://m@" + server + "/" + name);
        var place =
                new ServerDatabase(
                        server, name, oid, "system", 15, 0, address, Map.of(), 4, "eu/" + server);
        return new DatabaseLook(place, uid, null, 0, null, null, null);
    }

    private static DatabaseLooks kept(DatabaseLook... looks) {
        var kept = new DatabaseLooks();
        List.of(looks).forEach(kept::keep);
        return kept;
    }

    @Test
    void aCopyOfAWholeServerIsToldAndNeitherIsTakenForTheOther() {
        var one = look("a", "tenant_1", "u1");
        var copy = look("b", "tenant_1", "u1");
        var other = look("b", "tenant_2", "u2", 6);
        var apart = kept(copy, other, one);
        assertThat(apart.all()).hasSize(3).contains(other);
        assertThat(apart.all()).filteredOn(DatabaseLook::isTwin).hasSize(2);
        assertThat(apart.find("u1").orElseThrow())
                .matches(look -> look.place().server().equals("a"))
                .extracting(look -> String.valueOf(look.problem()))
                .asString()
                .contains("tenant_1 on server b")
                .contains("adopt --clone");
        var told = apart.find(copy.placeUid()).orElseThrow();
        assertThat(told)
                .matches(DatabaseLook::isTwin)
                .matches(look -> look.place().equals(copy.place()));
        assertThat(apart.keep(copy)).isEqualTo(told);
        assertThat(apart.find(other.placeUid())).as("it is no twin").isEmpty();
    }

    @Test
    void whatIsGoneIsNoTwin() {
        var apart = kept(look("a", "t", "u"), look("b", "t", "u"));
        apart.listed("a", Set.of());
        assertThat(apart.all()).singleElement().matches(look -> look.problem() == null);
        assertThat(apart.find("u")).hasValueSatisfying(look -> assertThat(look.isTwin()).isFalse());
        apart.listed("b", Set.of());
        assertThat(apart.find("u")).hasValueSatisfying(look -> assertThat(look.isGone()).isTrue());
    }

    @Test
    void whatIsGoneStaysGoneUntilItsServerHasItAgain() {
        var seen = look("a", "t", "u");
        var apart = kept(seen);
        assertThat(apart.listed("a", Set.of())).containsExactly(seen.place());
        assertThat(apart.listed("a", Set.of())).as("it is gone already").isEmpty();
        assertThat(apart.keep(seen.withProblem("out of reach"))).matches(DatabaseLook::isGone);
        assertThat(apart.find("u").orElseThrow()).matches(DatabaseLook::isGone);
        apart.listed("b", Set.of(seen.place().key()));
        assertThat(apart.find("u").orElseThrow()).matches(DatabaseLook::isGone);
        apart.listed("a", Set.of(seen.place().key()));
        assertThat(apart.find("u").orElseThrow())
                .matches(look -> !look.isGone())
                .matches(look -> look.problem() != null);
        apart.keep(seen.withProblem("out of reach"));
        assertThat(apart.find("u").orElseThrow().problem()).isEqualTo("out of reach");
        apart.keep(seen);
        assertThat(apart.find("u").orElseThrow().problem()).isNull();
    }

    @Test
    void whoseNameAnotherOneHasIsNotBackByAnOldList() {
        var old = look("a", "t", "u", 5);
        var now = look("a", "t", "u", 6);
        var apart = kept(old, now);
        apart.listed("a", Set.of(old.place().key(), now.place().key()));
        assertThat(apart.all()).singleElement().matches(look -> look.place().oid() == 6);
        assertThat(apart.find("u").orElseThrow().problem()).isNull();
    }

    @Test
    void aRestoredDatabaseIsNoTwinOfTheOneThatItReplaced() {
        var apart = kept(look("a", "t", "u", 5), look("b", "t", "v", 5), look("a", "t", "u", 6));
        assertThat(apart.all()).extracting(DatabaseLook::uid).containsExactlyInAnyOrder("u", "v");
        assertThat(apart.all()).allMatch(look -> look.problem() == null);
        assertThat(apart.find("u").orElseThrow().place().oid()).isEqualTo(6);
    }

    @Test
    void anotherJournalAtAPlaceLeavesNothingBehind() {
        var apart = kept(look("a", "t", "u"), look("a", "t", "w"));
        assertThat(apart.find("u")).isEmpty();
        assertThat(apart.all()).singleElement().extracting(DatabaseLook::uid).isEqualTo("w");
    }

    @Test
    void aLookThatFailedReplacesNothing() {
        var apart =
                kept(look("a", "t", "u", 5), look("a", "t", "u", 6).withProblem("out of reach"));
        assertThat(apart.find("u").orElseThrow().place().oid()).isEqualTo(5);
    }

    /** Who tells of what changed goes by that, and never through all that there are. */
    @Test
    void whatChangedIsSaidOnceByTheUidsAsTheyAreTold() {
        var one = look("a", "t", "u");
        var copy = look("b", "t", "u");
        var apart = kept(one, look("a", "other", "w", 6));
        assertThat(apart.changed()).containsExactlyInAnyOrder("u", "w");
        assertThat(apart.changed()).isEmpty();
        apart.keep(copy);
        assertThat(apart.changed())
                .as("both are twins")
                .containsExactlyInAnyOrder("u", copy.placeUid());
        apart.listed("b", Set.of());
        assertThat(apart.changed()).contains("u");
        apart.keep(look("a", "t", "v"));
        assertThat(apart.changed()).containsExactlyInAnyOrder("u", "v");
        apart.tell(one.place());
        assertThat(apart.changed()).containsExactly("v");
    }

    /** Each look going through all the others took 20 ms of a core here: minutes for a round. */
    @Test
    void aLookCostsNoMoreWhereThereAreTenThousandDatabases() {
        var apart = new DatabaseLooks();
        assertTimeout(
                Duration.ofSeconds(10),
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        apart.keep(look("a", "t" + i, "u" + i, i));
                        assertThat(apart.find("u" + i)).isPresent();
                    }
                });
        assertThat(apart.all()).hasSize(10_000);
    }
}
