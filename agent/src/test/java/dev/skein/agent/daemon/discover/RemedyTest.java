// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.Skein;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent says is to be done about a database is done as it says. */
class RemedyTest {
    private static final Pattern FOREIGN =
            Pattern.compile(
                    "skein (adopt) (--moved), (--restored) or (--clone), with (--site) (\\S+)$");
    private static final Pattern TWIN = Pattern.compile("skein (adopt) (--clone) (--yes)$");

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final SchemaScans scans =
            new SchemaScans((print, catalog, failed) -> {}, new SimpleMeterRegistry());

    private void migrate(String site) {
        var script = ScriptParser.parse("a.sql", "--@ revision: a\n--@ upgrade\nSELECT 1;\n");
        var order =
                new MigrationOrder(
                        database.address(),
                        Scope.at(site),
                        Scripts.of(List.of(script)),
                        new Goal.Upgrade("heads"),
                        new Author("agent", null, 7L),
                        Limits.DEFAULT);
        assertThat(
                        new Migrator(database.client(), Clock.systemUTC())
                                .run(order, Brake.OFF, Progress.NONE))
                .isInstanceOf(Outcome.Done.class);
    }

    private DatabaseLook look(String site) {
        try (var session = database.open()) {
            var here = DatabaseIdentity.here(session, site);
            var place =
                    new ServerDatabase(
                            site.substring(site.indexOf('/') + 1),
                            here.place(),
                            here.databaseOid(),
                            here.systemIdentifier(),
                            15,
                            1,
                            database.address(),
                            Map.of(),
                            4,
                            site);
            return LookReading.over(session, place, scans);
        }
    }

    private int skein(List<String> words) {
        var all = new ArrayList<>(words);
        all.add("--url=" + database.address().url().replace("@", ":test%20secret@"));
        var silent = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Skein.run(Output.plain(silent, silent), all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void aServerWithAnotherNameIsWellAfterwards(int how) {
        migrate("eu/old");
        assertThat(look("eu/old").problem()).isNull();
        var said = FOREIGN.matcher(String.valueOf(look("eu/new").problem()));
        assertThat(said.find()).isTrue();
        assertThat(skein(List.of(said.group(1), said.group(how), said.group(5), said.group(6))))
                .isZero();
        assertThat(look("eu/new").problem()).isNull();
        assertThat(String.valueOf(look("eu/old").problem())).contains("at eu/new");
    }

    @Test
    void aServerWithAnotherNameIsAlsoWellWithoutItsSite() {
        migrate("eu/old");
        assertThat(skein(List.of("adopt", "--moved"))).isZero();
        assertThat(look("eu/new").problem()).isNull();
        migrate("eu/new");
        assertThat(String.valueOf(look("eu/old").problem())).contains("at eu/new");
    }

    @Test
    void aTwinIsNoneAfterwards() {
        migrate("eu/old");
        database.run("UPDATE skein.state SET site = NULL"); // as the command line leaves it
        var looks = new DatabaseLooks();
        var original = look("eu/one");
        looks.keep(original);
        var twin = looks.keep(look("eu/two"));
        assertThat(twin).matches(DatabaseLook::isTwin);
        var said = TWIN.matcher(String.valueOf(twin.problem()));
        assertThat(said.find()).isTrue();
        assertThat(skein(List.of(said.group(1), said.group(2), said.group(3)))).isZero();
        assertThat(looks.keep(look("eu/two")).problem()).isNull();
        assertThat(looks.all()).allMatch(look -> look.problem() == null);
    }
}
