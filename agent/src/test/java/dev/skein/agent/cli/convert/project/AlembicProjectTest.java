// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.agent.cli.convert.ProjectImport;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Script;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("quick")
class AlembicProjectTest {
    private static final String CONFIGURED =
            """
            import sqlalchemy as sa
            from alembic import context
            assert context.is_offline_mode()
            named = sa.MetaData(naming_convention={'ck': 'ck_%(table_name)s_%(constraint_name)s',
                                                   'ix': 'ix_%(table_name)s_%(column_0_name)s'})
            context.configure(url='postgresql://', target_metadata=named,
                              version_table='steps', version_table_schema='Admin')
            with context.begin_transaction():
                context.run_migrations()
            """;

    @TempDir Path folder;

    @BeforeEach
    void project() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(p -> Files.isExecutable(Path.of(p, "alembic"))),
                "alembic is not installed on this machine");
        file("alembic.ini", "[alembic]\nscript_location = %(here)s/s\n");
        file("s/env.py", CONFIGURED);
    }

    private void file(String name, String text) throws IOException {
        var file = folder.resolve("old").resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private void migration(String id, String upgrade) throws IOException {
        file(
                "s/versions/" + id + ".py",
                """
                import sqlalchemy as sa
                from alembic import context, op
                revision = '%s'
                down_revision = None
                def upgrade():
                %s
                """
                        .formatted(id, upgrade.indent(4)));
    }

    private ProjectImport.Result take() {
        return ProjectImport.run(
                MigrationTool.ALEMBIC, folder.resolve("old"), folder.resolve("new"), false);
    }

    private Script taken(String id) {
        return new RevisionFolder(folder.resolve("new")).load().get(id);
    }

    @Test
    void constraintsAreNamedAsTheProjectNamesThem() throws IOException {
        migration("a", "op.create_check_constraint('known', 't', 'x > 0')");
        var result = take();
        assertThat(taken("a").upgrade().sql()).contains("ADD CONSTRAINT ck_t_known CHECK");
        assertThat(result.notes()).noneMatch(n -> n.contains("env.py"));
        assertThat(result.record()).isEqualTo("Admin.steps");
    }

    @Test
    void anEnvironmentThatNeedsADatabaseIsSaid() throws IOException {
        file("s/env.py", "import sys\nsys.exit('which database?')\n");
        migration("a", "op.create_check_constraint('known', 't', 'x > 0')");
        assertThat(take().notes())
                .singleElement()
                .asString()
                .contains("its env.py does not run without a database")
                .contains("which database?");
        assertThat(taken("a").upgrade().sql()).contains("ADD CONSTRAINT known CHECK");
    }

    @Test
    void aMigrationThatCommitsBeforeAnIndexRunsInNoTransaction() throws IOException {
        migration(
                "a",
                """
                op.get_bind().commit()
                with op.get_context().autocommit_block():
                    op.execute("SET lock_timeout = '4s'")
                    op.create_index('i', 't', ['x'], postgresql_concurrently=True)
                """);
        migration("b", "op.get_bind().execute(sa.text('SELECT 1'))\nop.get_bind().rollback()");
        take();
        assertThat(taken("a").transactional()).isFalse();
        assertThat(taken("a").upgrade().statements()).hasSize(1);
        assertThat(taken("b").upgrade().statements()).isEmpty();
    }

    @Test
    void whatAMigrationDoesOnlineOnlyIsNamed() throws IOException {
        migration(
                "a",
                """
                if not context.is_offline_mode():
                    op.execute('SELECT 1')
                context.execute('SELECT 2')
                """);
        migration("b", "op.execute('SELECT 3')");
        var result = take();
        assertThat(taken("a").upgrade().sql()).doesNotContain("SELECT 1").contains("SELECT 2");
        assertThat(result.notes())
                .singleElement()
                .asString()
                .contains("a.py: it asks whether it has a database");
    }

    @Test
    void aMigrationThatEndsPythonIsNamedWithTheOthers() throws IOException {
        migration("a", "import os; os._exit(0)");
        migration("b", "import sys; sys.exit(3)");
        migration("c", "op.execute('SELECT 1')");
        assertThatThrownBy(this::take)
                .hasMessageContaining("2 migrations cannot be taken over")
                .hasMessageContaining("a.py: no SQL without a database (it ends Python)")
                .hasMessageContaining("b.py: no SQL without a database (SystemExit: 3)");
        file("s/versions/d.py", "import os\nos._exit(0)\n");
        assertThatThrownBy(this::take).hasMessageContaining("d.py ends Python");
    }

    @Test
    void whatCannotBeLoadedIsNamedWithItsLine() throws IOException {
        migration("a", "pass\nimport os\nos.environ['NO_SUCH_THING']");
        file("s/versions/b.py", "import os\n\nos.environ['NO_SUCH_THING']\n");
        assertThatThrownBy(this::take).hasMessageContaining("b.py:3: KeyError");
        Files.delete(folder.resolve("old/s/versions/b.py"));
        assertThatThrownBy(this::take)
                .hasMessageContaining("a.py")
                .hasMessageContaining("KeyError");
    }
}
