// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class ScriptParserTest {
    private static final String GOOD =
            """
            --@ revision: 3f2a9c41d7e0
            --@ revises: 1b2c3d4e5f60, aaaa
            --@ message: add users table
            --@ created: 2026-11-22T08:55:00Z
            --@ label: core
            --@ lock-timeout: 500ms
            --@ allow: SK101 "the table is small"

            --@ precheck
            SELECT true;

            --@ upgrade
            CREATE TABLE users (id bigint);

            --@ verify
            SELECT count(*) = 0 FROM users;

            --@ verify: after
            SELECT true;

            --@ downgrade
            DROP TABLE users;
            """;

    private static Script parse(String text) {
        return ScriptParser.parse("x.sql", text);
    }

    private static ThrowingCallable parsing(String text) {
        return () -> parse(text);
    }

    @Test
    void readsEveryPart() {
        var script = parse(GOOD);
        assertThat(script.id()).isEqualTo("3f2a9c41d7e0");
        assertThat(script.revision().revises()).containsExactly("1b2c3d4e5f60", "aaaa");
        assertThat(script.revision().labels()).containsExactly("core");
        assertThat(script.lockTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(script.allowed()).containsEntry("SK101", "the table is small");
        assertThat(script.upgrade().statements()).hasSize(1);
        assertThat(script.upgrade().statements().getFirst().line()).isEqualTo(13);
        assertThat(script.precheck().isEmpty()).isFalse();
        assertThat(script.verifyAfter().isEmpty()).isFalse();
        assertThat(script.transactional()).isTrue();
    }

    @Test
    void theChecksumIgnoresLineEndsAndTrailingBlanksOnly() {
        var sum = parse(GOOD).checksum();
        assertThat(parse(GOOD.replace("\n", "\r\n")).checksum()).isEqualTo(sum);
        assertThat(parse("\uFEFF" + GOOD.replace("users;", "users;   ")).checksum()).isEqualTo(sum);
        assertThat(parse(GOOD.replace("DROP TABLE", "DROP  TABLE")).checksum()).isNotEqualTo(sum);
        assertThat(parse(GOOD.replace("bigint", "int")).checksum()).isNotEqualTo(sum);
    }

    @Test
    void aBatchOfANameWithoutEndIsRefused() {
        var text = "--@ revision: a\n--@ batch: " + "\"\"".repeat(20_000) + "\n--@ upgrade";
        assertThatThrownBy(() -> parse(text)).hasMessageContaining("users by id");
    }

    @Test
    void irreversibleSaysWhy() {
        var script =
                parse(
                        "--@ revision: a\n"
                                + "--@ upgrade\n"
                                + "SELECT 1;\n"
                                + "--@ downgrade: irreversible \"gone\"");
        assertThat(script.irreversible()).isEqualTo("gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--@ revision: a#--@ upgade#SELECT 1; | x.sql:2 | unknown directive",
                "--@ revision: a#SELECT 1; | x.sql:2 | before the first section",
                "--@ revision: a#-- downgade# | x.sql:2 | looks like the directive",
                "--@ revision: a#--@ upgrade#--@ message: x | x.sql:3 | is no section",
                "--@ upgrade#SELECT 1 | x.sql | no line '--@ revision",
                "--@ revision: a-b#--@ upgrade | x.sql:1 | is no value for 'revision'",
                "--@ revision: a#--@ upgrade#SELECT 1;#COMMIT; | x.sql:4 | 'COMMIT' is not allowed",
                "--@ revision: a#--@ upgrade#set x = 1 | x.sql:3 | SET without LOCAL",
                "--@ revision: a#--@ upgrade#COPY t FROM STDIN | x.sql:3 | COPY",
                "--@ revision: a#--@ verify#DELETE FROM t;#--@ upgrade | x.sql:3 | is no SELECT",
                "--@ revision: a#--@ upgrade#SELECT 1;#--@ upgrade | x.sql:4 | second time",
                "--@ revision: a#--@ revision: b#--@ upgrade | x.sql:2 | second time",
                "--@ revision: a#--@ transaction: some#--@ upgrade | x.sql:2 | only value is"
                        + " 'none'",
                "--@ revision: a#--@ lock-timeout: 3#--@ upgrade | x.sql:2 | Write a number",
                "--@ revision: a#--@ created: today#--@ upgrade | x.sql:2 | 2026-11-22T08",
                "--@ revision: a#--@ allow: SK1#--@ upgrade | x.sql:2 | a rule and a reason",
                "--@ revision: a#SELECT 1 --@ upgrade | x.sql:2 | stands behind other text",
                "--@ revision: a | x.sql | no section 'upgrade'",
                "--@ revision: a#--@ upgrad#SELECT 1; | x.sql:2 | did you mean 'upgrade'?",
                "--@ revision: a#--@ nonsense | x.sql:2 | the sections precheck, upgrade, verify",
                "--@ revision: a#--@ lock-timeout: 9999h#--@ upgrade | x.sql:2 | no more than 596"
                        + " h",
                "--@ revision: a#--@ lock-timeout: 99999999999999999999s#--@ upgrade | x.sql:2 |"
                        + " Write a number",
                "--@ revision: a#--@ upgrade#\\set v 1 | x.sql:3 | '\\set' is a command of psql",
            })
    void namesFileLineAndRemedy(String row) {
        var columns = row.split(" \\| ", 3);
        assertThatThrownBy(parsing(columns[0].replace('#', '\n')))
                .isInstanceOf(ScriptError.class)
                .hasMessageStartingWith(columns[1])
                .hasMessageContaining(columns[2]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--@ transaction: none#--@ upgrade#SET LOCAL search_path = app; | x.sql:4 | SET"
                        + " LOCAL holds for no other statement",
                "--@ transaction: none#--@ upgrade#SELECT pg_catalog.set_config('search_path', '',"
                        + " true); | x.sql:4 | set_config holds",
                "--@ transaction: none#--@ upgrade#SELECT 1;#--@ downgrade#SET CONSTRAINTS ALL"
                        + " DEFERRED; | x.sql:6 | SET CONSTRAINTS holds for no other",
                "--@ upgrade#SET LOCAL standard_conforming_strings = off; | x.sql:3 | is switched"
                        + " off",
                "--@ transaction: none#--@ upgrade#SELECT \"set_config\"('search_path', '', true);"
                        + " | x.sql:4 | set_config holds",
                "--@ upgrade#SET LOCAL \"Standard_Conforming_Strings\" = off; | x.sql:3 | is"
                        + " switched off",
                "--@ upgrade#SET LOCAL standard_conforming_strings = off -- not = on#; | x.sql:3 |"
                        + " is switched off",
                "--@ upgrade#COPY t FROM stdin;#1\t2#3#\\.# | x.sql:5 | has 1 fields",
            })
    void whatWouldDoOtherwiseIsReadAndRefusedBeforeItRunsUnlessItIsAllowed(String row) {
        var columns = row.split(" \\| ", 3);
        var text = columns[0].replace('#', '\n');
        var script = parse("--@ revision: a\n" + text);
        boolean up = MismatchedStatements.up(script).isPresent();
        for (var refusal :
                java.util.List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> MismatchedStatements.refuse(script),
                        () -> MismatchedStatements.refuse(script, up))) {
            assertThatThrownBy(refusal)
                    .isInstanceOf(ScriptError.class)
                    .hasMessageStartingWith(columns[1])
                    .hasMessageContaining(columns[2])
                    .hasMessageContaining("--@ allow: SK901");
        }
        MismatchedStatements.refuse(script, !up);
        var allowed = parse("--@ revision: a\n--@ allow: SK901 \"did nothing\"\n" + text);
        MismatchedStatements.refuse(allowed);
        assertThat(allowed.checksum()).isEqualTo(script.checksum());
    }

    @Test
    void aLockThatIsLeftBehindIsNamed() {
        var head = "--@ revision: a\n--@ upgrade\n";
        var left = parse(head + "SELECT pg_catalog.pg_advisory_lock(1);");
        assertThatThrownBy(() -> MismatchedStatements.refuse(left, true))
                .hasMessageStartingWith("x.sql:3: pg_advisory_lock holds on")
                .hasMessageContaining("--@ allow: SK901");
        MismatchedStatements.refuse(parse(head + "SELECT pg_advisory_xact_lock(1);"), true);
        MismatchedStatements.refuse(
                parse(head + "SELECT set_config('client_encoding','UTF8',true);"), true);
        MismatchedStatements.refuse(parse(head + "SELECT 'pg_advisory_unlock_all()';"), true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* pg_advisory_unlock(1) */ SELECT 1",
                "SELECT 'pg_advisory_unlock'",
                "SELECT \"pg_advisory_unlock\" FROM t",
                "SELECT not_pg_advisory_unlock(1)",
            })
    void whatOnlySaysItUnlocksNothing(String sql) {
        var left = parse("--@ revision: a\n--@ upgrade\nSELECT pg_advisory_lock(1);\n" + sql + ";");
        assertThatThrownBy(() -> MismatchedStatements.refuse(left, true))
                .hasMessageContaining("SK901");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_advisory_unlock(1)",
                "SELECT \"pg_catalog\".\"pg_advisory_unlock\" (1)",
                "DO $$BEGIN PERFORM PG_ADVISORY_UNLOCK/**/(1); END$$",
                "DO $$BEGIN EXECUTE 'SELECT pg_advisory_unlock(1)'; END$$",
                "DO LANGUAGE plpython3u $$plpy.execute(\"select pg_advisory_unlock (1)\")$$",
            })
    void whatIsUnlockedIsNotLeft(String sql) {
        var script =
                parse("--@ revision: a\n--@ upgrade\nSELECT pg_advisory_lock(1);\n" + sql + ";");
        assertThatCode(() -> MismatchedStatements.refuse(script, true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DISCARD ALL",
                "/* x */ reset all",
                "SELECT pg_advisory_unlock_all()",
                "SELECT \"pg_advisory_unlock_all\"()",
                "SELECT pg_catalog . pg_advisory_unlock_all ()",
                "SELECT 1, pg_advisory_unlock_all()",
                "WITH x AS (SELECT pg_advisory_unlock_all()) SELECT 1 FROM x",
                "SELECT set_config('client_encoding','latin1',true)",
                "SELECT \"set_config\" ( 'CLIENT_ENCODING' , 'latin1' , true)",
                "DO $$ BEGIN PERFORM set_config('client_encoding', 'latin1', true); END $$",
                "SET LOCAL client_encoding = LATIN1",
                "SET LOCAL client_encoding TO 'WIN1252'",
                "SET LOCAL NAMES 'latin1'",
                "SET LOCAL \"client_encoding\" = latin1",
                "SET LOCAL \"Client_Encoding\" TO 'latin1'",
                "SET LOCAL/**/U&\"client_encoding\" = latin1",
                "SET LOCAL client_encoding = latin1 /* not = utf8 */",
                "SET LOCAL client_encoding = latin1 -- TO 'UTF8'\n",
            })
    void whatTakesTheSessionAwayIsNeverAllowed(String sql) {
        var script = parse("--@ revision: a\n--@ allow: SK901 \"once\"\n--@ upgrade\n" + sql + ";");
        assertThatThrownBy(() -> MismatchedStatements.refuse(script, true))
                .isInstanceOf(ScriptError.class)
                .hasMessageStartingWith("x.sql:4")
                .hasMessageNotContaining("SK901");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET LOCAL client_encoding = 'UTF8'",
                "SET LOCAL NAMES 'utf-8'",
                "SET LOCAL/**/client_encoding/* is */=/* that: */'UTF8'",
                "SET LOCAL \"client_encoding\" = 'UTF8'",
                "SET LOCAL \"Standard_Conforming_Strings\" = on",
                "SET LOCAL standard_conforming_strings TO/**/on",
                "COPY t FROM PROGRAM 'cat from stdin'",
                "COPY \"from stdin\" TO '/tmp/to stdout' -- to stdout",
                "RESET search_path",
                "DISCARD TEMP",
            })
    void whatLeavesTheSessionAsItIsRuns(String sql) {
        var script = parse("--@ revision: a\n--@ upgrade\n" + sql + ";");
        assertThatCode(() -> MismatchedStatements.refuse(script, true)).doesNotThrowAnyException();
    }

    @Test
    void refusesNul() {
        assertThatThrownBy(parsing("--@ revision: a\n\0")).hasMessageStartingWith("x.sql:2: a NUL");
    }

    @Test
    void ordinaryCommentsStayComments() {
        parse(
                "-- about tables\n"
                        + "--@ revision: a\n"
                        + "-- see the ticket\n"
                        + "--@ upgrade\n"
                        + "-- table\n"
                        + "SELECT 1;");
    }

    @Test
    void twoFilesOfOneRevisionAreBothNamed() {
        var text = "--@ revision: a\n--@ upgrade\nSELECT 1;";
        var both =
                java.util.List.of(
                        ScriptParser.parse("one.sql", text), ScriptParser.parse("two.sql", text));
        assertThatThrownBy(() -> Scripts.of(both))
                .hasMessageStartingWith("two.sql")
                .hasMessageContaining("one.sql, too");
    }

    @Test
    void bytesThatAreNoUtf8AreNamedWithTheirLine() {
        var bytes = new byte[] {'a', '\n', 'b', '\n', (byte) 0xff};
        assertThatThrownBy(() -> RevisionFolder.text("x.sql", bytes))
                .hasMessageStartingWith("x.sql:3");
    }

    @Test
    void stringsMayBeSwitchedToWhatTheyAre() {
        MismatchedStatements.refuse(
                parse("--@ revision: a\n--@ upgrade\nSET LOCAL standard_conforming_strings = on;"));
    }
}
