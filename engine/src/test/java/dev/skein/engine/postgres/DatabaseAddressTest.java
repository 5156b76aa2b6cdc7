// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.PemTrustOptions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class DatabaseAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:hunter2@h:5432/x",
                "postgres://u:hunter2@h/x?sslmode=require",
                "postgresql://u:hunter2@my_db/x",
            })
    void thePasswordIsKeptApart(String url) {
        var address = DatabaseAddress.parse(url);
        assertThat(address.password()).isEqualTo("hunter2");
        assertThat(address.toString()).doesNotContain("hunter2").startsWith("postgres");
        assertThat(address.user()).isEqualTo("u");
        assertThat(address.database()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:hunter2@h/x",
                "postgresql://u:hunter2@h:99999999/x",
                "hunter2",
                "postgresql://u@h/x?password=hunter2",
            })
    void whatIsNoAddressIsRefusedWithoutShowingIt(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .hasMessageContaining("Database url")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant_müller", "a b", "a/b", "a+b", "a$b", "ä%", "x?y"})
    void anyDatabaseNameFits(String name) {
        var server =
                DatabaseAddress.parse("postgresql://u@h:5433/postgres?sslmode=disable")
                        .withPassword("p");
        var address = server.withDatabase(name);
        assertThat(address.database()).isEqualTo(name);
        assertThat(address.server()).isEqualTo("h:5433");
        assertThat(address.password()).isEqualTo("p");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://m@h:5433/postgres?application_name=skein@eu",
                "postgresql://m@h:5433?application_name=skein@eu",
                "postgresql://m@h:5433/x?application_name=a/b@c:e",
                "postgresql://h:5433/postgres?application_name=skein@eu&user=m",
            })
    void anAtInThePathOrQueryLeadsNowhereElse(String url) {
        var address = DatabaseAddress.parse(url);
        assertThat(address.toString()).isEqualTo(url);
        assertThat(address.withDatabase("tenant_1").database()).isEqualTo("tenant_1");
        assertThat(address.withDatabase("tenant_1").server()).isEqualTo("h:5433");
        assertThat(address.withDatabase("tenant_1").user()).isEqualTo("m");
    }

    /** Every part in each of its forms, with each of the others. */
    @Test
    void whateverAnUrlIsMadeOfAnotherDatabaseOfItIsThatDatabase() {
        for (var user : List.of("m@", "m:pw@", "m:p%40w%2Fx@", "m%40n:pw@")) {
            for (var host : List.of("h", "h:5433", "127.0.0.1:1", "[::1]:5433")) {
                for (var path : List.of("", "/postgres", "/a%2Fb")) {
                    for (var query :
                            List.of(
                                    "",
                                    "?application_name=x@y",
                                    "?sslmode=disable&options=a/b@c")) {
                        var url = "postgresql://" + user + host + path + query;
                        var address = DatabaseAddress.parse(url);
                        var other = address.withDatabase("te/na@nt?1");
                        assertThat(other.database()).as(url).isEqualTo("te/na@nt?1");
                        assertThat(other.server()).as(url).isEqualTo(address.server());
                        assertThat(other.user()).as(url).isEqualTo(address.user());
                        assertThat(other.password()).as(url).isEqualTo(address.password());
                        assertThat(other.toString()).as(url).doesNotContain("pw").endsWith(query);
                    }
                }
            }
        }
    }

    @Test
    void theServerIsNamedWithItsPort() {
        assertThat(DatabaseAddress.parse("postgresql://u@h/x").server()).isEqualTo("h:5432");
    }

    @Test
    void settingsBehindItComeBesideTheDriversOwn() {
        var options = DatabaseAddress.parse("postgresql://u@h/x?options=-c%20a%3Db").options();
        assertThat(options.getProperties())
                .containsEntry("options", "-c a=b")
                .containsEntry("DateStyle", "ISO")
                .containsEntry("client_encoding", "utf8");
    }

    @Test
    void certificatesComeFromAFileAsWithLibpq() {
        var address =
                DatabaseAddress.parse(
                        "postgresql://me@h/d?sslrootcert=%2Fa%20b.pem&sslmode=verify-full");
        var options = address.options();
        assertThat(options.getProperties()).doesNotContainKey("sslrootcert");
        assertThat(options.getTrustOptions())
                .isEqualTo(new PemTrustOptions().addCertPath("/a b.pem"));
        assertThat(options.getHostnameVerificationAlgorithm()).isEqualTo("HTTPS");
        assertThatThrownBy(() -> DatabaseAddress.parse("postgresql://me@h/d?sslmode=verify-ca"))
                .hasMessageContaining("verify-ca needs certificates to trust");
    }
}
