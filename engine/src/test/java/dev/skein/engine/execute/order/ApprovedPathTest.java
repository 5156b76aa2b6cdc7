// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was approved is what runs, however the database moved in between. */
class ApprovedPathTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private MigrationSetting setting;

    @BeforeEach
    void prepare() {
        setting = new MigrationSetting(database);
        setting.table("a").table("b").table("c");
    }

    private Outcome run(Goal goal, String... approved) {
        var order = setting.order(goal, 5L).withApproved(new ApprovedPath(List.of(approved)));
        return setting.run(order, Brake.OFF);
    }

    private Outcome up(String... approved) {
        return run(new Goal.Upgrade("heads"), approved);
    }

    private static List<String> walked(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).path();
    }

    private static String refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        var reason = ((Outcome.Refused) outcome).reason();
        assertThat(reason).isInstanceOf(UnapprovedPath.class);
        return reason.found() + " | " + reason.remedy();
    }

    private String tables() {
        return String.valueOf(
                database.value(
                        "SELECT coalesce(string_agg(relname, '' ORDER BY relname), '') FROM"
                                + " pg_class WHERE relnamespace = 'public'::regnamespace AND"
                                + " relkind = 'r'"));
    }

    @Test
    void theWayThatWasApprovedIsGone() {
        assertThat(walked(up("a", "b", "c"))).containsExactly("a", "b", "c");
    }

    @Test
    void aDatabaseThatSomebodyTookBackIsNotBroughtAllTheWayUp() {
        setting.run(new Goal.Upgrade("b"));
        setting.down("base");
        assertThat(refused(up("c")))
                .contains("a, b, c", "approved was c", "plan it again")
                .doesNotContain("null");
        assertThat(tables()).isEmpty();
        assertThat(setting.history().getLast().generation()).isNull();
    }

    @Test
    void whatSomebodyDidOfItByHandIsNotDoneAgain() {
        setting.run(new Goal.Upgrade("b"));
        assertThat(walked(up("a", "b", "c"))).containsExactly("c");
    }

    @Test
    void whereSomebodyDidAllOfItThatIsSaid() {
        setting.up();
        assertThat(walked(up("a", "b", "c"))).isEmpty();
        assertThat(setting.history().getLast().generation()).isEqualTo(5L);
    }

    /** A tail of the way would be fine; this is another end than the approved one. */
    @Test
    void aTargetThatMeansMoreByNowIsRefused() {
        assertThat(refused(up("a", "b"))).contains("a, b, c", "approved was a, b");
        assertThat(tables()).isEmpty();
    }

    @Test
    void aWayBackOverPartsOfWhatWasApprovedIsRefusedUnlessTheyAreItsEnd() {
        setting.up();
        var back = new Goal.TakeBack(List.of("c", "b"));
        assertThat(refused(run(new Goal.TakeBack(List.of("c", "b", "a")), "c", "b")))
                .contains("c, b, a", "approved was c, b");
        assertThat(tables()).isEqualTo("abc");
        setting.down("b");
        assertThat(walked(run(back, "c", "b"))).containsExactly("b");
        assertThat(tables()).isEqualTo("a");
    }

    @Test
    void anOlderDirectiveNamesNoWayAndGoesWhereItsTargetLeads() {
        var order = setting.order(new Goal.Upgrade("heads"), 5L).withApproved(null);
        assertThat(walked(setting.run(order, Brake.OFF))).containsExactly("a", "b", "c");
    }

    @Test
    void aLongWayIsToldInPart() {
        for (int i = 0; i < 30; i++) {
            setting.table("t" + i);
        }
        assertThat(refused(up("a"))).contains("(33 in all)").hasSizeLessThan(400);
    }
}
