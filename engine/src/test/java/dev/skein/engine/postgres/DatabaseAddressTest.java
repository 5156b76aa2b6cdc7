// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.PemTrustOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
