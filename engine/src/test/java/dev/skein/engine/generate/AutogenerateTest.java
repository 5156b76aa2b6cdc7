// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.rehearse.RevisionReplay;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutogenerateTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final PgClient CLIENT = PgClient.create();
    private static final ScratchServer SERVER =
            ScratchServer.start(CLIENT, TestServer.get().programs());
    private static final String FIRST =
            "--@ revision: r1\n--@ revises:\n--@ upgrade\n"
                    + "CREATE TABLE users (id int PRIMARY KEY, name text);\n"
                    + "--@ downgrade\nDROP TABLE users;\n";

    @TempDir Path folder = Path.of("unset");

    @AfterAll
    static void stop() {
        SERVER.close();
        CLIENT.close();
    }

    private static Revision revision(String id, String parent) {
        return new Revision(id, List.of(parent), List.of(), List.of(), "generated", Instant.EPOCH);
    }

    private UnaryOperator<String> naming = UnaryOperator.identity();

    private List<RevisionProposal> propose(String desired, String... renames) throws IOException {
        return proposeFrom(FIRST, desired, renames);
    }

    private List<RevisionProposal> proposeFrom(String first, String desired, String... renames)
            throws IOException {
        Files.writeString(folder.resolve("schema.sql"), desired);
        var scripts = Scripts.of(List.of(ScriptParser.parse("1.sql", first)));
        try (var database = SERVER.database()) {
            new SchemaFiles(List.of(folder), BOUND).load(database);
            return new Autogenerate(SERVER, scripts, BOUND, naming, doing -> {})
                    .propose(
                            revision("n1", "r1"),
                            before ->
                                    revision("n" + (before.id().charAt(1) - '0' + 1), before.id()),
                            database,
                            List.of(renames));
        }
    }

    @Test
    void nothingIsProposedWhereNothingIsMissing() throws IOException {
        assertThat(propose("CREATE TABLE users (name text, id int PRIMARY KEY)")).isEmpty();
    }

    @Test
    void aTableInUseStaysUsableAtTheCostOfRevisions() throws IOException {
        var proposals =
                propose(
                        "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL, mail text);"
                                + "CREATE INDEX users_mail ON users (mail)");
        assertThat(proposals).hasSize(3);
        assertThat(proposals.get(0).text())
                .contains("ALTER TABLE public.users ADD COLUMN mail text")
                .contains("CHECK (name IS NOT NULL) NOT VALID")
                .contains("--@ revises: r1");
        assertThat(proposals.stream().map(RevisionProposal::text))
                .anyMatch(text ->
                        text.contains("--@ transaction: none")
                                && text.contains("CREATE INDEX CONCURRENTLY users_mail")
                                && text.contains("DROP INDEX CONCURRENTLY public.users_mail"))
                .anyMatch(text -> text.contains("VALIDATE CONSTRAINT name__not_null"));
    }

    @Test
    void manyConstraintsOfTablesInUseTakeTwoRevisions() throws IOException {
        var first =
                "--@ revision: r1\n\n"
                    + "--@ upgrade\n"
                    + "CREATE TABLE a (id int PRIMARY KEY, n int, m int); CREATE TABLE b (id int"
                    + " PRIMARY KEY, a int, c int);\n"
                    + "--@ downgrade\n"
                    + "DROP TABLE a, b;\n";
        var desired =
                "CREATE TABLE a (id int PRIMARY KEY, n int NOT NULL CHECK (n > 0), m int NOT NULL);"
                        + " CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a, c int"
                        + " REFERENCES b, CHECK (a <> c));";
        assertThat(proposeFrom(first, desired)).hasSize(2);
    }

    @Test
    void aRenameKeepsTheRowsAndIsTakenBack() throws IOException {
        var proposals =
                propose(
                        "CREATE TABLE people (id int PRIMARY KEY, full_name text)",
                        "users.name -> full_name",
                        "users -> people",
                        "people.users_pkey -> people_pkey");
        assertThat(proposals).hasSize(1);
        assertThat(proposals.getFirst().losses()).isEmpty();
        assertThat(proposals.getFirst().text())
                .contains("ALTER TABLE public.users RENAME COLUMN name TO full_name")
                .contains("ALTER TABLE public.people RENAME TO users");
    }

    @Test
    void whatAPartitionHasOfItsOwnComesAndGoesWithAWayBack() throws IOException {
        var plain =
                "CREATE TABLE m (k int, v int, t text) PARTITION BY LIST (k); CREATE TABLE m1"
                        + " PARTITION OF m FOR VALUES IN (1);";
        var own =
                plain
                        + " ALTER TABLE m1 ALTER v SET DEFAULT 1, ALTER v SET NOT NULL, ADD"
                        + " CONSTRAINT c CHECK (v > 0), ADD CONSTRAINT key UNIQUE (t); CREATE INDEX"
                        + " i ON m1 (v); COMMENT ON COLUMN m1.t IS 'text';";
        var head = "--@ revision: r1\n--@ revises:\n--@ upgrade\n";
        for (var proposals :
                List.of(proposeFrom(head + plain, own), proposeFrom(head + own, plain))) {
            assertThat(proposals).isNotEmpty();
            assertThat(proposals)
                    .allMatch(one -> !one.text().contains("irreversible"))
                    .allMatch(one -> one.text().contains("\n--@ downgrade\n"))
                    .allMatch(one -> one.losses().isEmpty());
        }
        var own2 = own.replace("(v > 0)", "(v > 1)").replace("DEFAULT 1", "DEFAULT 2");
        assertThat(proposeFrom(head + own, own2.replace("ON m1 (v)", "ON m1 (v, t)")))
                .isNotEmpty()
                .allMatch(one -> !one.text().contains("irreversible"));
    }

    @Test
    void namesThatTheServerCutsAreTheSameNames() throws IOException {
        var name = "Long_" + "é".repeat(40);
        var desired = "CREATE TABLE " + name + " (name text CONSTRAINT k PRIMARY KEY)";
        var first = "--@ revision: r1\n--@ revises:\n--@ upgrade\n" + desired + ";\n";
        assertThat(proposeFrom(first, desired)).isEmpty();
        var renamed =
                proposeFrom(
                        first,
                        desired.replace("name", '"' + name + '"').replace(name + " (", "people ("),
                        name + ".name -> \"" + name + '"',
                        name + " -> people");
        assertThat(renamed).hasSize(1);
        assertThat(renamed.getFirst().losses()).isEmpty();
    }

    @Test
    void whatIsLostIsSaid() throws IOException {
        var proposals = propose("CREATE TABLE users (id int PRIMARY KEY)");
        assertThat(proposals).hasSize(1);
        assertThat(proposals.getFirst().losses())
                .containsExactly("every value of public.users.name");
    }

    @Test
    void aConversionThatMayLoseIsALossAndTheWayBackSaysItsOwn() throws IOException {
        var toDate = propose("CREATE TABLE users (id int PRIMARY KEY, name date)").getFirst();
        assertThat(toDate.losses()).containsExactly("what date cannot hold of public.users.name");
        var wider = propose("CREATE TABLE users (id bigint PRIMARY KEY, name json)").getFirst();
        assertThat(wider.losses()).isEmpty();
        var first = FIRST.replace("name text", "name date");
        var widened = "CREATE TABLE users (id int PRIMARY KEY, name timestamp)";
        var proposal = proposeFrom(first, widened).getFirst();
        assertThat(proposal.losses()).isEmpty();
        assertThat(proposal.text()).contains("-- This loses what date cannot hold");
    }

    @Test
    void aPartitionedTablesIndexHoldsForThePartitionsOfEachDatabase() throws IOException {
        var first =
                """
                --@ revision: r1

                --@ upgrade
                CREATE TABLE m (a int, at date) PARTITION BY RANGE (at);
                CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

                --@ downgrade
                DROP TABLE m;
                """;
        var desired =
                """
                CREATE TABLE m (a int, at date) PARTITION BY RANGE (at);
                CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                CREATE INDEX "M a" ON m (a);
                """;
        var proposal = proposeFrom(first, desired).getFirst();
        assertThat(proposal.text())
                .contains("CREATE INDEX CONCURRENTLY \"M a\" ON public.m USING")
                .contains("DROP INDEX public.\"M a\"")
                .doesNotContain("m1");
        var scripts =
                Scripts.of(
                        List.of(
                                ScriptParser.parse("1.sql", first),
                                ScriptParser.parse("2.sql", proposal.text())));
        try (var tenant = SERVER.database()) {
            var replay = new RevisionReplay(scripts, BOUND);
            replay.up(tenant, List.of("r1"));
            tenant.run("DROP TABLE m1; CREATE TABLE rest PARTITION OF m DEFAULT", BOUND);
            replay.up(tenant, List.of(proposal.revision().id()));
            try (var session = tenant.open()) {
                var valid = "SELECT FROM pg_index WHERE indisvalid AND indrelid::regclass::text = ";
                assertThat(session.query(valid + "'rest'").size()).isEqualTo(1);
                assertThat(session.query(valid + "'m'").size()).isEqualTo(1);
            }
        }
    }

    @Test
    void anEnumsNewValueHasNoWayBackAndTheFileSaysSo() throws IOException {
        var first =
                "--@ revision: r1\n--@ revises:\n--@ upgrade\nCREATE TYPE mood AS ENUM ('a');\n"
                        + "--@ downgrade\nDROP TYPE mood;\n";
        Files.writeString(folder.resolve("s.sql"), "CREATE TYPE mood AS ENUM ('a', 'b')");
        try (var database = SERVER.database()) {
            new SchemaFiles(List.of(folder), BOUND).load(database);
            var scripts = Scripts.of(List.of(ScriptParser.parse("1.sql", first)));
            var proposals =
                    new Autogenerate(SERVER, scripts, BOUND, naming, doing -> {})
                            .propose(revision("n1", "r1"), r -> r, database, List.of());
            assertThat(proposals).hasSize(1);
            assertThat(proposals.getFirst().text())
                    .contains("ADD VALUE 'b' AFTER 'a'")
                    .contains("--@ downgrade: irreversible \"a value of an enum");
        }
    }

    @Test
    void namesCanBeWrittenForTenantsThatAreSchemas() throws IOException {
        naming = UnqualifiedNames::of;
        var proposals =
                propose(
                        "CREATE TABLE users (id serial PRIMARY KEY, name text DEFAULT 'public.x');"
                            + " CREATE TABLE posts (id int PRIMARY KEY, who int REFERENCES users);"
                            + " CREATE SCHEMA other; CREATE TABLE other.x (id int); CREATE FUNCTION"
                            + " f() RETURNS bigint LANGUAGE sql AS $$SELECT count(*) FROM"
                            + " public.users$$; CREATE VIEW v AS SELECT id FROM users");
        assertThat(proposals).isNotEmpty();
        var text = String.join("\n", proposals.stream().map(RevisionProposal::text).toList());
        assertThat(text)
                .contains("CREATE TABLE posts (")
                .contains("CREATE TABLE other.x (")
                .contains("REFERENCES users(id)")
                .contains("DEFAULT 'public.x'::text")
                .contains("FROM public.users$")
                .contains("FROM users;")
                .contains("nextval('users_id_seq'::regclass)");
    }

    @Test
    void aHintAboutNothingIsRefused() {
        assertThatThrownBy(() -> propose("CREATE TABLE users (id int PRIMARY KEY)", "x.y -> z"))
                .hasMessageContaining("there is no x.y");
        assertThatThrownBy(() -> propose("CREATE TABLE users (id int PRIMARY KEY)", "x.y"))
                .hasMessageContaining("it has no arrow");
    }
}
