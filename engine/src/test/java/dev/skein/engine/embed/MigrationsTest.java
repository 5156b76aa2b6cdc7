// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private static final String A =
            "--@ revision: a\n--@ upgrade\nCREATE TABLE a ();\n--@ downgrade\nDROP TABLE a;\n";
    private static final String B =
            "--@ revision: b\n--@ revises: a\n--@ upgrade\nCREATE TABLE b ();\n--@ downgrade\nDROP"
                    + " TABLE b;\n";

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    private String jdbcUrl() {
        return "jdbc:" + database.address().url().replace("postgres@", "");
    }

    private String password() {
        return String.valueOf(database.address().password());
    }

    @Test
    void aFolderUpAndDown() throws IOException {
        Files.writeString(folder.resolve("a.sql"), A);
        Files.writeString(folder.resolve("b.sql"), B);
        var migrations = Migrations.in(folder).as("a test");
        var done = migrations.upgrade(jdbcUrl(), "postgres", password());
        assertThat(done.path()).containsExactly("a", "b");
        assertThat(migrations.upgrade(database.address(), "heads").path()).isEmpty();
        assertThat(migrations.downgrade(database.address(), "-1").heads()).containsExactly("a");
        assertThat(
                        database.value(
                                "SELECT convert_from(envelope, 'UTF8')::json ->> 'actor' FROM"
                                        + " skein.entry"))
                .isEqualTo("a test");
    }

    @Test
    void aJarOnTheClassPath() throws IOException {
        var jar = folder.resolve("app.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                var entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("db/revisions/"));
            entries.putNextEntry(new JarEntry("db/revisions/a.sql"));
            entries.write(A.getBytes(StandardCharsets.UTF_8));
        }
        var before = Thread.currentThread().getContextClassLoader();
        try (var loader = new URLClassLoader(new java.net.URL[] {jar.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            var done = Migrations.onClassPath("db/revisions").upgrade(database.address(), "heads");
            assertThat(done.heads()).containsExactly("a");
            assertThatThrownBy(() -> Migrations.onClassPath("nowhere"))
                    .hasMessageContaining("there is no such folder");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void oneTenantsSchema() {
        database.run("CREATE SCHEMA seven");
        var migrations = Migrations.of(Map.of("a.sql", A, "b.sql", B)).scope(Scope.schema("seven"));
        assertThat(migrations.over(database.client()).upgrade(database.address(), "a").heads())
                .containsExactly("a");
        assertThat(database.value("SELECT to_regclass('seven.a') IS NOT NULL")).isEqualTo("true");
    }

    @Test
    void whatFailsIsThrown() {
        var bad = Map.of("x.sql", "--@ revision: x\n--@ upgrade\nSELECT 1/0;\n");
        assertThatThrownBy(() -> Migrations.of(bad).upgrade(database.address(), "heads"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("division by zero");
        assertThatThrownBy(() -> Migrations.of(bad).upgrade("mysql://x/y"))
                .hasMessageContaining("does not start with postgresql://");
    }
}
