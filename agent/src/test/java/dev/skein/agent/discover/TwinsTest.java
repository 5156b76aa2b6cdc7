// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.postgres.DatabaseAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwinsTest {
    private static Look look(String server, String name, String uid) {
        return look(server, name, uid, 5);
    }

    private static Look look(String server, String name, String uid, long oid) {
        var address = DatabaseAddress.parse("postgresql://m@" + server + "/" + name);
        var place =
                new Place(server, name, oid, "system", 15, 0, address, Map.of(), 4, "eu/" + server);
        return new Look(place, uid, null, 0, null, null, null);
    }

    @Test
    void aCopyOfAWholeServerIsToldAndNeitherIsTakenForTheOther() {
        var one = look("a", "tenant_1", "u1");
        var copy = look("b", "tenant_1", "u1");
        var other = look("b", "tenant_2", "u2");
        var apart = Twins.apart(List.of(copy, other, one));
        assertThat(apart).hasSize(3).containsEntry("u2", other);
        assertThat(apart.values()).filteredOn(Look::isTwin).hasSize(2);
        assertThat(apart.get("u1"))
                .matches(look -> look != null && look.place().server().equals("a"))
                .extracting(look -> look == null ? "" : look.problem())
                .asString()
                .contains("tenant_1 on server b")
                .contains("adopt --clone");
    }

    @Test
    void whatIsGoneIsNoTwin() {
        var apart = Twins.apart(List.of(look("a", "t", "u").gone(), look("b", "t", "u")));
        assertThat(apart.values()).singleElement().matches(look -> look.problem() == null);
    }

    @Test
    void aRestoredDatabaseIsNoTwinOfTheOneThatItReplaced() {
        var byPlace = new HashMap<String, Look>();
        Twins.keep(byPlace, look("a", "t", "u", 5));
        Twins.keep(byPlace, look("b", "t", "v", 5));
        Twins.keep(byPlace, look("a", "t", "u", 6));
        var apart = Twins.apart(byPlace.values());
        assertThat(apart).containsOnlyKeys("u", "v");
        assertThat(apart.values()).allMatch(look -> look.problem() == null);
        assertThat(apart.get("u")).matches(look -> look != null && look.place().oid() == 6);
    }

    @Test
    void aLookThatFailedReplacesNothing() {
        var byPlace = new HashMap<String, Look>();
        Twins.keep(byPlace, look("a", "t", "u", 5));
        Twins.keep(byPlace, look("a", "t", "u", 6).withProblem("out of reach"));
        assertThat(byPlace.values()).filteredOn(look -> look.problem() == null).hasSize(1);
    }
}
