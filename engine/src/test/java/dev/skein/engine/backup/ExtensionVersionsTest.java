// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.backup.RestoreNeeds.Extension;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.execute.order.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A restored database has the extensions that it had, and not the server's newest ones. */
class ExtensionVersionsTest extends BackupFixture {
    private static final String VERSIONS =
            "SELECT string_agg(extname || ' ' || extversion || ' ' || extnamespace::regnamespace,"
                    + " ', ' ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'";

    private String extensions() {
        return database.value(
                "SELECT convert_from(body, 'UTF8')::jsonb -> 'extensions' FROM skein.entry WHERE"
                        + " seq = (SELECT max(seq) FROM skein.entry)");
    }

    @Test
    void theyHaveTheVersionsThatTheyHad() {
        database.run(
                """
                CREATE SCHEMA "of it";
                CREATE EXTENSION cube SCHEMA "of it";
                CREATE EXTENSION citext;
                CREATE EXTENSION earthdistance SCHEMA "of it";
                CREATE EXTENSION hstore VERSION '1.6' SCHEMA "of it";
                CREATE TABLE pairs (h "of it".hstore, c citext, p "of it".cube);
                INSERT INTO pairs VALUES ('a => 1', 'x', '(1,2)');
                COMMENT ON SCHEMA "of it" IS 'extensions'
                """);
        var versions = database.value(VERSIONS);
        assertThat(versions).contains("hstore 1.6 \"of it\"");
        var backup = moved();
        database.run("ALTER EXTENSION hstore UPDATE");
        assertThat(database.value(VERSIONS)).isNotEqualTo(versions);

        assertThat(restore(backup, 3)).isNotEmpty();
        assertThat(database.value(VERSIONS)).isEqualTo(versions);
        assertThat(database.value("SELECT h::text FROM pairs")).isEqualTo("\"a\"=>\"1\"");
        assertThat(extensions()).isEqualTo("[]");
        assertThat(upgrade("a2", "r4", 5, BackupExtent.SCHEMA)).isInstanceOf(Outcome.Done.class);
    }

    /** An upgrade of the server's packages may take the scripts of old versions away. */
    @Test
    void aVersionThatTheServerDoesNotHaveIsToldAndTheUsualOneMade() throws IOException {
        database.run("CREATE EXTENSION hstore VERSION '1.6'");
        var backup = moved();
        var described = place.resolve(backup.uid()).resolve(backup.file() + ".json");
        var text = Files.readString(described);
        assertThat(text).containsOnlyOnce("\"1.6\"");
        Files.writeString(described, text.replace("\"1.6\"", "\"1.2.9\""));

        assertThat(restore(backup, 3)).isNotEmpty();
        var usual = version("hstore");
        assertThat(database.value(VERSIONS)).contains("hstore " + usual);
        assertThat(extensions()).isEqualTo("[\"hstore %s, was 1.2.9\"]".formatted(usual));
        assertThat(upgrade("a2", "r4", 5, BackupExtent.SCHEMA)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void onlyWhatHasAnotherVersionThanTheUsualOneIsMadeBeforehandAndWhatItMayBuildOn() {
        try (var session = database.open()) {
            var usual =
                    List.of(
                            new Extension("plpgsql", "pg_catalog", "0.9"),
                            new Extension("cube", "public", version("cube")));
            assertThat(ExtensionVersions.statements(session, usual)).isEmpty();
            var noted = new ArrayList<>(usual);
            noted.add(new Extension("hstore", "a b", "1.6"));
            noted.add(new Extension("citext", "public", version("citext")));
            assertThat(ExtensionVersions.statements(session, noted))
                    .containsExactly(
                            "CREATE EXTENSION \"cube\" WITH SCHEMA \"public\"",
                            "CREATE EXTENSION \"hstore\" WITH SCHEMA \"a b\" VERSION '1.6'");
        }
    }

    private String version(String name) {
        return database.value(
                "SELECT default_version FROM pg_available_extensions WHERE name = '" + name + "'");
    }
}
