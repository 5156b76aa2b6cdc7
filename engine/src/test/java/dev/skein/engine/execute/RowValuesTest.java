// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.plan.Step;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failure tells outside the tenant's database. */
class RowValuesTest {
    private static final String MAIL = "john@example.org";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private void people() {
        database.run(
                "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE people (id int PRIMARY KEY, mail"
                    + " text); INSERT INTO people VALUES (71934, 'x\" john@example.org \"y'), (2,"
                    + " 'john@example.org'); CREATE FUNCTION refuse() RETURNS trigger LANGUAGE"
                    + " plpgsql AS $$BEGIN RAISE EXCEPTION 'no %', old.mail USING HINT = old.mail,"
                    + " DETAIL = old.mail, ERRCODE = 'unique_violation', CONSTRAINT = old.mail;"
                    + " END$$; CREATE TRIGGER refuse BEFORE DELETE ON people FOR EACH ROW EXECUTE"
                    + " FUNCTION refuse()");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    UPDATE people SET id = mail::int                           | 22P02 | invalid input syntax for type integer: "…"
                    ALTER TABLE people ALTER mail TYPE mood USING mail::mood   | 22P02 | invalid input value for enum mood: "…"
                    UPDATE people SET mail = make_date(id, 1, 99)              | 22008 | date field value out of range: …-…-…
                    SELECT to_timestamp(mail, 'YYYY') FROM people              | 22007 | invalid value "…"
                    DELETE FROM people                                         | 23505 | a message in its own words
                    DO $$BEGIN ASSERT false, (SELECT mail FROM people LIMIT 1); END$$ | P0004 | a message in its own words
                    DO $$BEGIN RAISE '%', (SELECT mail FROM people LIMIT 1); END$$ | P0001 | a message in its own words
                    DO $$BEGIN EXECUTE (SELECT format('SELECT %I', mail) FROM people WHERE id = 2); END$$ | 42703 | column "…" does not exist
                    SELECT nextval(mail) FROM people WHERE id = 2 | 3F000 | schema "…" does not exist
                    SELECT to_tsvector(split_part(mail, '@', 1)::regconfig, '') FROM people WHERE id = 2 | 42704 | text search configuration "…" does not exist
                    SELECT current_setting(mail) FROM people WHERE id = 2      | 42704 | unrecognized configuration parameter "…"
                    SELECT mail::regrole FROM people WHERE id = 2              | 42602 | invalid name syntax
                    SELECT split_part(mail, '@', 1)::regrole FROM people WHERE id = 2 | 42704 | role "…" does not exist
                    SELECT nextval(split_part(mail, '@', 1)) FROM people WHERE id = 2 | 42P01 | relation "…" does not exist
                    SELECT pg_read_file(concat('/tmp/', mail)) FROM people WHERE id = 2 | 58P01 | could not open file "…" for reading: No such file or directory
                    SELECT lo_get(id) FROM people WHERE id > 2                      | 42704 | large object … does not exist
                    SELECT has_database_privilege(mail, 'connect') FROM people WHERE id = 2 | 3D000 | database "…" does not exist
                    SELECT to_tsvector(concat('a.', mail)::regconfig, '') FROM people WHERE id = 2 | 0A000 | cross-database references are not implemented: …
                    SELECT split_part(mail, '@', 1)::regoperator FROM people WHERE id = 2 | 22P02 | expected a left parenthesis
                    SELECT split_part(mail, '@', 1)::regoper FROM people WHERE id = 2 | 42883 | operator does not exist: …
                    SELECT mail::tsquery FROM people WHERE id > 2              | 42601 | syntax error in tsquery: "…"
                    SELECT convert_from('\\xe46f6e', 'UTF8')                   | 22021 | invalid byte sequence for encoding "…": … … …
                    DO $$BEGIN PERFORM lo_get(id) FROM people WHERE id > 2; END$$ | 42704 | large object … does not exist
                    DROP TABLE Peeple                                          | 42P01 | table "peeple" does not exist
                    SELECT current_setting('no.such')                          | 42704 | unrecognized configuration parameter "no.such"
                    SELECT 'nobody'::regrole                                   | 42704 | role "nobody" does not exist
                    DROP TABLE peeple                                          | 42P01 | table "peeple" does not exist
                    ALTER TABLE people ADD CHECK (id < 9)                      | 23514 | check constraint "people_id_check" of relation "people" is violated by some row
                    """)
    void itTellsNamesAndNoValues(String sql, String sqlState, String told) {
        people();
        var setting = new MigrationSetting(database).revision("a", "--@ upgrade\n" + sql + ";");
        var error = ((Outcome.Failed) setting.up()).error();

        assertThat(error.sqlState()).isEqualTo(sqlState);
        assertThat(error.discreetMessage()).isEqualTo(told);
        assertThat(error.discreet() + error.signature()).doesNotContain(MAIL, "71934");
        var sent =
                database.value(
                        "SELECT convert_from(envelope, 'UTF8') || convert_from(body, 'UTF8') FROM"
                                + " skein.entry ORDER BY seq DESC");
        assertThat(sent).contains(told).doesNotContain(MAIL, "71934");
        var whole = error.serverMessage();
        assertThat(error.getMessage()).as("who sits there sees all").contains(whole);
        if (!whole.equals(told)) {
            assertThat(database.value("SELECT detail FROM skein.entry ORDER BY seq DESC"))
                    .contains(whole);
        }
    }

    /** It is asked behind the steps that make what it asks of, so the step fails with it. */
    @Test
    void aQuestionThatFailsLateTellsNoValuesEither() {
        people();
        var setting =
                new MigrationSetting(database)
                        .revision("a", "--@ upgrade\nCREATE TABLE later AS SELECT 2 AS id;")
                        .revision(
                                "b",
                                "--@ precheck\nSELECT mail::int > 0 FROM people JOIN later USING"
                                        + " (id);\n--@ upgrade\nSELECT 1;");
        var error = ((Outcome.Failed) setting.up()).error();
        assertThat(error.getMessage()).contains(MAIL);
        assertThat(error.discreetMessage())
                .contains("the precheck at b.sql:4 fails: invalid input syntax for type integer")
                .doesNotContain(MAIL);
        assertThat(
                        database.value(
                                "SELECT string_agg(convert_from(envelope, 'UTF8') ||"
                                        + " convert_from(body, 'UTF8'), '') FROM skein.entry"))
                .doesNotContain(MAIL);
    }

    /** What a run waits for goes to who is on call, too. */
    private static final class Heard implements Progress {
        private final List<String> reasons = new ArrayList<>();

        @Override
        public void retrying(Step step, String reason, Duration pause) {
            reasons.add(reason);
        }

        @Override
        public void reconnecting(String reason) {
            reasons.add(reason);
        }
    }

    private List<String> waitedFor(MigrationSetting setting) {
        var heard = new Heard();
        new Migrator(database.client(), Clock.systemUTC())
                .run(setting.order(new Goal.Upgrade("heads"), null), Brake.OFF, heard);
        return heard.reasons;
    }

    @Test
    void whatIsWaitedForTellsNoValuesEither() {
        people();
        var setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ upgrade\nDO $$BEGIN RAISE 'row of %', (SELECT mail FROM people"
                                        + " WHERE id = 2) USING ERRCODE = '55P03'; END$$");
        assertThat(waitedFor(setting))
                .hasSize(2)
                .allMatch(reason -> reason.equals("55P03 a message in its own words"));
    }

    /** Where somebody's trigger ends sessions that create what a journal needs. */
    @Test
    void whyASessionEndedTellsNoValuesEither() {
        people();
        database.run(
                "CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS $f$BEGIN RAISE"
                        + " 'row of %', (SELECT mail FROM public.people WHERE id = 2) USING ERRCODE"
                        + " = '57P04'; END$f$; CREATE EVENT TRIGGER told ON ddl_command_end WHEN"
                        + " tag IN ('CREATE TABLE') EXECUTE FUNCTION told()");
        assertThat(waitedFor(new MigrationSetting(database).table("a")))
                .isNotEmpty()
                .allMatch(reason ->
                        reason.equals("the server says: a message in its own words (57P04)"));
    }

    @Test
    void namesOfWhatIsInTheWayAreTold() {
        people();
        try (var other = database.open()) {
            other.script("BEGIN; LOCK TABLE people", Duration.ofMinutes(1));
            var setting =
                    new MigrationSetting(database)
                            .revision("a", "--@ upgrade\nLOCK TABLE people NOWAIT;");
            assertThat(waitedFor(setting))
                    .hasSize(2)
                    .allMatch(reason ->
                            reason.equals("55P03 could not obtain lock on relation \"people\""));
        }
    }

    @Test
    void aQuestionThatFailsTellsNoValuesEither() {
        people();
        var setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ precheck\nSELECT mail::int > 0 FROM people WHERE id = 2;\n--@"
                                        + " upgrade\nSELECT 1;");
        var reason = ((Outcome.Refused) setting.up()).reason();
        assertThat(reason.getMessage()).contains(MAIL);
        assertThat(reason.discreet().getBytes(StandardCharsets.UTF_8))
                .asString(StandardCharsets.UTF_8)
                .contains("the precheck at a.sql:4 fails: invalid input syntax for type integer")
                .doesNotContain(MAIL);
    }
}
