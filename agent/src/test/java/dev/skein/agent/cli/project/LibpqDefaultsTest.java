// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.postgres.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class LibpqDefaultsTest {
    @TempDir Path home;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void files() throws IOException {
        write(
                ".pgpass",
                """
                # db:1:shop:ann:commented
                db:5432:shop:ann:one\\:\\\\two
                db:*:*:ann:any
                *:5432:shop:*:last
                odd\\:host:5432:x:ann:odd
                \\:\\:1:5432:x:ann:loop
                db:5432:shop:short
                """);
        write(
                ".pg_service.conf",
                """
                # services
                [other]
                host=elsewhere

                [live]
                host=db.live
                port=6000
                user = bob
                dbname=store
                sslmode=require
                application_name=of no use
                """);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(home.resolve(name).getParent());
        var file = Files.writeString(home.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private DatabaseAddress complete(String url, @Nullable String password) {
        return new LibpqDefaults(environment::get, home, "me", List.of(home.resolve("etc")))
                .complete(DatabaseAddress.parse(url), password);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann@db:5433/shop, postgresql://ann@db:5433/shop",
        "postgresql://, postgresql://me@localhost:5432/me",
        "postgresql:///, postgresql://me@localhost:5432/me",
        "postgresql:///shop, postgresql://me@localhost:5432/shop",
        "postgresql://ann@/?sslmode=prefer, postgresql://ann@localhost:5432/ann?sslmode=prefer",
        "postgres://a%40b@[::1]:1/x%20y, postgresql://a%40b@[::1]:1/x%20y",
        "postgresql:///x?host=h&port=9&user=u, postgresql://u@h:9/x",
    })
    void whatIsLeftOutIsAsUsual(String url, String whole) {
        assertThat(complete(url, "x").url()).isEqualTo(whole);
    }

    @Test
    void theEnvironmentsHomePrecedesTheAccounts() throws IOException {
        write("other/.pgpass", "*:*:*:*:of the other\n");
        write("other/.pg_service.conf", "[there]\nhost=far\n");
        environment.put("HOME", home.resolve("other").toString());
        var found = complete("postgresql://ann@/shop?service=there", null);
        assertThat(found.url()).contains("@far:");
        assertThat(found.password()).isEqualTo("of the other");
        environment.put("HOME", "");
        assertThat(complete("postgresql://ann@db/other", null).password()).isEqualTo("any");
    }

    @Test
    void theEnvironmentFillsInWhatTheUrlLeavesOut() {
        environment.putAll(
                Map.of(
                        "PGHOST", "db",
                        "PGPORT", "7000",
                        "PGUSER", "eve",
                        "PGDATABASE", "shop",
                        "PGSSLMODE", "require",
                        "PGOPTIONS", "-c work_mem=8MB"));
        assertThat(complete("postgresql://", "x").url())
                .startsWith("postgresql://eve@db:7000/shop?")
                .contains("sslmode=require")
                .contains("options=-c%20work_mem%3D8MB");
        assertThat(complete("postgresql://ann@h:1/x?sslmode=disable", "x").url())
                .startsWith("postgresql://ann@h:1/x?sslmode=disable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann@db:1/shop?application_name=me@laptop",
                "postgresql://ann:p%40ss@db:1/shop?sslmode=require&sslrootcert=/etc/ca@2.pem",
                "postgresql://ann@db:1/shop?options=-c%20search_path=a@b"
            })
    void anAtSignBehindTheQuestionMarkIsNoUsersEnd(String url) {
        environment.put("PGDATABASE", "other");
        var address = complete(url, "x");
        assertThat(address.server()).isEqualTo("db:1");
        assertThat(address.database()).isEqualTo("shop");
        assertThat(address.user()).isEqualTo("ann");
    }

    @Test
    void aServicePrecedesTheEnvironment() {
        environment.putAll(Map.of("PGSERVICE", "live", "PGHOST", "db", "PGUSER", "eve"));
        assertThat(complete("postgresql://", "x").url())
                .isEqualTo("postgresql://bob@db.live:6000/store?sslmode=require");
        assertThat(complete("postgresql://ann@/x?service=other", "x").url())
                .isEqualTo("postgresql://ann@elsewhere:5432/x");
        assertThatThrownBy(() -> complete("postgresql://?service=none", "x"))
                .hasMessageContaining("no file has a section of this name");
    }

    @Test
    void theSystemsServicesAreAskedAfterTheUsers() throws IOException {
        write("etc/pg_service.conf", "[live]\nhost=no\n[all]\nhost=db.all\n");
        write("conf/pg_service.conf", "[all]\nhost=db.conf\n");
        assertThat(complete("postgresql://u@/x?service=live", "x").server())
                .isEqualTo("db.live:6000");
        assertThat(complete("postgresql://u@/x?service=all", "x").server())
                .isEqualTo("db.all:5432");
        environment.put("PGSYSCONFDIR", home.resolve("conf").toString());
        assertThat(complete("postgresql://u@/x?service=all", "x").server())
                .isEqualTo("db.conf:5432");
        Files.delete(home.resolve(".pg_service.conf"));
        assertThat(complete("postgresql://u@/x?service=all", "x").server())
                .isEqualTo("db.conf:5432");
        assertThatThrownBy(() -> complete("postgresql://u@/x?service=live", "x"))
                .hasMessageContaining("no file has a section of this name")
                .hasMessageContaining("conf/pg_service.conf");
        environment.put("PGSYSCONFDIR", home.resolve("none").toString());
        assertThatThrownBy(() -> complete("postgresql://u@/x?service=live", "x"))
                .hasMessageContaining("there is no service file");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann@db/shop, one:\\two",
        "postgresql://ann@db:1/shop, any",
        "postgresql://bob@db/shop, last",
        "postgresql://ann@elsewhere/y, ",
        "postgresql://ann@[::1]/x, loop",
    })
    void thePasswordFilesFirstLineThatFitsCounts(String url, @Nullable String password) {
        assertThat(complete(url, null).password()).isEqualTo(password);
    }

    @Test
    void aPasswordIsTakenInPsqlsOrder() throws IOException {
        environment.put("PGPASSWORD", "env");
        assertThat(complete("postgresql://ann:url@db/shop", null).password()).isEqualTo("url");
        assertThat(complete("postgresql://ann@db/shop", "named").password()).isEqualTo("named");
        assertThat(complete("postgresql://ann@db/shop", null).password()).isEqualTo("env");
        environment.put("PGPASSWORD", "");
        assertThat(complete("postgresql://ann@db/shop", null).password()).isEqualTo("one:\\two");
        write("mine", "*:*:*:*:mine");
        environment.put("PGPASSFILE", home.resolve("mine").toString());
        assertThat(complete("postgresql://ann@db/shop", null).password()).isEqualTo("mine");
        Files.setPosixFilePermissions(
                home.resolve("mine"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(complete("postgresql://ann@db/shop", null).password()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/var/run/postgresql, folder of sockets", "'a,b', these are several"})
    void whatIsNoHostIsRefused(String host, String says) {
        environment.put("PGHOST", host);
        assertThatThrownBy(() -> complete("postgresql:///x", "x"))
                .hasMessageContaining(says)
                .hasMessageContaining("PGHOST=localhost");
    }
}
