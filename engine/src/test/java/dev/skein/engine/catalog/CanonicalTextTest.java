// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTextTest {
    private static final Duration BOUND = Duration.ofSeconds(5);

    /** Names and definitions with everything that the text itself is made of. */
    private static final String STRANGE =
            """
            CREATE TABLE "tab\there" (id int, "line\nend" text DEFAULT E'a\\\\b"c{}', "{,}\\" int);
            COMMENT ON COLUMN "tab\there"."line\nend" IS E'tab\\t and "quote" and \\\\ and }\\n{';
            CREATE VIEW v AS SELECT id, E'x\\ty' AS "a}b" FROM "tab\there";
            CREATE FUNCTION f("a\tb" int, text DEFAULT '}') RETURNS text LANGUAGE sql
                AS 'SELECT ''}"\\{'' ';
            CREATE TYPE mood AS ENUM ('null', 'NULL', '', 'größe', '"');
            CREATE INDEX "i\t" ON "tab\there" (("line\nend" || E'\\t'));
            CREATE DOMAIN d AS text CHECK (VALUE <> '}');
            CREATE TABLE "a""b" ("c""\" int, "d""\te" int);
            """;

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private static String text(PgSession session, CatalogQuery query) {
        session.script("BEGIN; " + query.pins(), BOUND);
        session.script(query.fingerprintAndKeep(), BOUND);
        var row = session.script("SELECT current_setting('skein.catalog')", BOUND);
        session.script("ROLLBACK", BOUND);
        return row.iterator().next().getString(0).substring(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "public"})
    void whatIsReadAgainIsTheCatalog(String target) {
        database.run(STRANGE);
        try (var session = database.open()) {
            var query = CatalogQuery.of(target, session.major());
            var catalog = CatalogReader.read(session, query);
            var text = text(session, query);
            var read = CanonicalText.read(text, catalog.fingerprint()).orElseThrow();
            assertThat(read.items()).isEqualTo(catalog.items()).hasSizeGreaterThan(8);
            assertThat(CatalogDifference.between(read, catalog)).isEmpty();
            assertThat(CanonicalText.read(text + " ", catalog.fingerprint())).isEmpty();
        }
    }

    @Test
    void theTextOfAnEmptyDatabaseIsOneToo() {
        database.run("DROP SCHEMA public");
        try (var session = database.open()) {
            var query = CatalogQuery.of("", session.major());
            var text = text(session, query);
            var print = CatalogReader.fingerprint(session);
            assertThat(text).isEmpty();
            assertThat(CanonicalText.read(text, print).orElseThrow().items()).isEmpty();
        }
    }
}
