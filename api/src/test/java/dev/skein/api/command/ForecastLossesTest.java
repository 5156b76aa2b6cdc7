// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.command.RollbackForecasts.Loss;
import dev.skein.api.store.RequestStore;
import dev.skein.engine.event.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class ForecastLossesTest {
    private static RequestStore.Asked answer(Reply.@Nullable Told told) {
        return new RequestStore.Asked("1", "2", "r1", "estimate", true, null, told);
    }

    private static RequestStore.Asked counted(Reply.Loss... losses) {
        return answer(new Reply.Estimated(List.of(losses)));
    }

    @Test
    void whatDatabasesLoseOfOneTableIsAddedUpAndIsExactOnlyIfAllIs() {
        var losses =
                ForecastLosses.of(
                        List.of(
                                counted(new Reply.Loss("public.orders", 5, true)),
                                counted(
                                        new Reply.Loss("public.orders", 7, false),
                                        new Reply.Loss("public.items", 2, true))));
        assertThat(losses)
                .containsExactly(
                        new Loss("public.items", 2, true, 1),
                        new Loss("public.orders", 12, false, 2));
    }

    @Test
    void whoLosesNothingOrCouldNotCountIsNotTold() {
        var losses =
                ForecastLosses.of(
                        List.of(counted(new Reply.Loss("public.orders", 0, true)), answer(null)));
        assertThat(losses).isEmpty();
    }
}
